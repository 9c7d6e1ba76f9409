/** What the two tests have shown so far, of one record made for them. Other records are other people's. */
export class TestRun {
    /** @type {number | undefined} */
    record;
    /** Who changed what, in another tab. @type {{quick?: string, conflict?: string}} */
    passed = {};
    /** From pressing the button to being told that it is committed. @type {number | undefined} */
    latencyMs;
    /** @type {number | undefined} */
    pressedAt;
    /** Whether the bridge tells this page of changes by now. */
    watching = false;
    /** Why the bridge does not let this user watch the records of the test. */
    refused = "";

    /** @param {number} record */
    begin(record) {
        this.record = record;
        this.passed = {};
    }

    /**
     * A change that another tab made: the note is what the conflict test is about.
     *
     * @param {any} frame
     */
    heard({ op, records, changed_fields: fields = [], user }) {
        if (op === "update" && records.some(({ id }) => id === this.record)) {
            this.passed[fields.includes("note") ? "conflict" : "quick"] = user?.name ?? "";
        }
    }

    /** @param {number} now */
    pressed(now) {
        this.latencyMs = undefined;
        this.pressedAt = now;
    }

    /**
     * This tab's own change is committed, and the bridge has said so.
     *
     * @param {{ids: number[]}} receipt
     * @param {number} now
     */
    confirmed({ ids }, now) {
        if (this.pressedAt !== undefined && ids.some((id) => id === this.record)) {
            this.latencyMs = Math.round(now - this.pressedAt);
            this.pressedAt = undefined;
        }
    }
}
