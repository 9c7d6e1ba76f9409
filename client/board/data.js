/**
 * The rows that the page shows, each kind a live query that is opened and ended as the page needs it. `changed` is called once
 * for each arrival.
 */

/** @typedef {import("./layout.js").Row} Row */
/** @typedef {{table: string, filter?: string, order?: string}} Query */

export class Data {
    /** @type {Map<string, {query: Query, rows: readonly Row[], ready: boolean, byId: Map<string, Row> | undefined, view: {end(): void}}>} */
    #open = new Map();

    /** @param {{view: Function}} tables @param {() => void} changed */
    constructor(tables, changed) {
        this.tables = tables;
        this.changed = changed;
    }

    /**
     * Opens what is wanted and ends what is not.
     *
     * @param {Record<string, Query | undefined>} wanted by name
     */
    want(wanted) {
        for (const [name, open] of [...this.#open]) {
            const query = wanted[name];
            if (!query || query.table !== open.query.table || query.filter !== open.query.filter) {
                open.view.end();
                this.#open.delete(name);
            }
        }
        for (const [name, query] of Object.entries(wanted)) {
            if (query && !this.#open.has(name)) {
                this.#start(name, query);
            }
        }
    }

    /** @param {string} name @param {Query} query */
    #start(name, query) {
        const open = { query, rows: /** @type {readonly Row[]} */ ([]), ready: false, byId: undefined, view: { end: () => {} } };
        this.#open.set(name, open);
        open.view = this.tables.view(query, (/** @type {readonly Row[]} */ rows) => {
            if (this.#open.get(name) === open) {
                Object.assign(open, { rows, ready: true, byId: undefined });
                this.changed();
            }
        });
    }

    /** @param {string} name @returns {readonly Row[]} */
    rows(name) {
        return this.#open.get(name)?.rows ?? [];
    }

    /** @param {string} name whether it was read, though there may be no rows */
    isReady(name) {
        return this.#open.get(name)?.ready ?? false;
    }

    /** @param {string} name @param {string | null | undefined} id @returns {Row | undefined} */
    row(name, id) {
        const open = this.#open.get(name);
        if (!open || !id) {
            return undefined;
        }
        open.byId ??= new Map(open.rows.map((row) => [row.id, row]));
        return open.byId.get(id);
    }
}
