const MOST = 999;

/** Counts different records; beyond 999, and where it is not known how many, with a plus. */
export class Tally {
    /** @type {Set<string>} */
    #records = new Set();
    #more = "";

    /** @param {any} frame  without records: something changed, and nobody can say what */
    add({ model, records }) {
        for (const { id } of records ?? []) {
            this.#records.add(`${model},${id}`);
        }
        if (!records || this.#records.size > MOST) {
            this.#more = "+";
            this.#records = new Set([...this.#records].slice(0, MOST));
        }
    }

    /** @returns {string} what was counted since the last time */
    take() {
        const { text } = this;
        this.#records.clear();
        this.#more = "";
        return text;
    }

    /** @returns {string} `3`, `3+`; empty when there is nothing to count */
    get text() {
        return (this.#records.size || (this.#more && 1) || "") + this.#more;
    }
}
