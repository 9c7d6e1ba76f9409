const PAUSE_MS = 500;

/** Keeps on this device what a reload shows first, a little behind what is shown. */
export class Cache {
    /** @type {Map<string, import("./storage.js").Kept>} */
    #waiting = new Map();

    /**
     * @param {import("./storage.js").Storage} storage
     * @param {(callback: () => void, delayMs: number) => unknown} setTimeout
     */
    constructor(storage, setTimeout) {
        this.storage = storage;
        this.setTimeout = setTimeout;
    }

    /**
     * @param {string} table
     * @param {import("./store.js").Id} id
     * @param {import("./store.js").Row | undefined} row  undefined: it is gone
     */
    keep(table, id, row) {
        if (!this.#waiting.size) {
            this.setTimeout(() => void this.#flush(), PAUSE_MS);
        }
        this.#waiting.set(`${table}\0${id}`, { table, id, row });
    }

    async #flush() {
        const kept = [...this.#waiting.values()];
        this.#waiting.clear();
        await this.storage.keep(kept);
    }
}
