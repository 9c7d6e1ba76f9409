/** What only says how far somebody else got; every other frame follows all that came before its change. */
const PROVES_NOTHING = new Set(["ok", "resumed", "behind"]);
const PROVES_ITS_OFFSET = new Set(["heartbeat", "pong"]);

/**
 * How far this client has heard, and in which epoch: where it goes on after the connection was lost. What a frame
 * proves is docs/protocol.md, "Resume".
 */
export class Heard {
    epoch = "";
    /** Everything up to here has arrived, but for what is resuming. */
    offset = 0;
    /** The newest offset named at all: what is read from Odoo from now on holds it. */
    newest = 0;
    /** @type {number | undefined}  the offset of events, while those that were missed are on their way */
    #eventsAt;

    /** What `hello` says of it. */
    get resume() {
        return this.epoch ? { resume: { epoch: this.epoch, offset: this.#eventsAt ?? this.offset } } : {};
    }

    /** @param {import("./frames.js").WelcomeFrame} welcome */
    welcomed({ epoch, offset }) {
        this.#eventsAt = this.epoch === epoch ? (this.#eventsAt ?? this.offset) : undefined;
        Object.assign(this, { epoch, offset, newest: offset });
    }

    /**
     * @param {import("./frames.js").ServerFrame} frame
     * @param {boolean} ofResuming  whether it belongs to a watch that is resuming
     */
    note(frame, ofResuming) {
        if (!("offset" in frame) || typeof frame.offset !== "number") {
            return;
        }
        this.newest = Math.max(this.newest, frame.offset);
        const missed = frame.type === "event" && this.#eventsAt !== undefined;
        if (!ofResuming && !missed && !PROVES_NOTHING.has(frame.type)) {
            this.offset = Math.max(this.offset, frame.offset - (PROVES_ITS_OFFSET.has(frame.type) ? 0 : 1));
        }
        if (frame.type === "resumed" && frame.ref === undefined) {
            this.#eventsAt = undefined;
        }
    }
}
