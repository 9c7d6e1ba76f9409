/**
 * The rows that the page shows, each kind a live query that is opened and ended as the page needs it. `changed` is called once
 * for each arrival.
 */

/** @typedef {import("./layout.js").Row} Row */
/** @typedef {{table: string, filter?: string, order?: string}} Query */
/** @typedef {{cut?: boolean, error?: {code: string}}} About */
/** @typedef {{query: Query, refusals: number, about: About, rows: readonly Row[], ready: boolean, byId: Map<string, Row> | undefined, view: {end(): void}}} Open */

/** What was refused is asked for again, later and later. */
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 60_000;
/** This stays so until the page is loaded again. */
const OTHER_USER = "other_user";

export class Data {
    /** @type {Map<string, Open>} */
    #open = new Map();

    /** @param {{view: Function}} tables @param {() => void} changed @param {(callback: () => void, delayMs: number) => unknown} [later] */
    constructor(tables, changed, later = (callback, delayMs) => setTimeout(callback, delayMs)) {
        this.tables = tables;
        this.changed = changed;
        this.later = later;
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

    /** @param {string} name @param {Query} query @param {number} [refusals] in a row, up to now */
    #start(name, query, refusals = 0) {
        /** @type {Open} */
        const open = { query, refusals, about: {}, rows: [], ready: false, byId: undefined, view: { end: () => {} } };
        this.#open.set(name, open);
        open.view = this.tables.view(query, (/** @type {readonly Row[]} */ rows, /** @type {About} */ about = {}) => {
            if (this.#open.get(name) === open) {
                Object.assign(open, { rows, about, ready: !about.error, byId: undefined });
                if (!about.error) {
                    open.refusals = 0;
                } else if (about.error.code !== OTHER_USER) {
                    this.#again(name, open);
                }
                this.changed();
            }
        });
    }

    /** @param {string} name @param {Open} open */
    #again(name, open) {
        const start = () => {
            if (this.#open.get(name) === open) {
                open.view.end();
                this.#start(name, open.query, open.refusals + 1);
            }
        };
        this.later(start, Math.min(FIRST_PAUSE * 2 ** open.refusals, LONGEST_PAUSE));
    }

    /** Whether something that the page shows was refused and is not here yet. */
    get refused() {
        return [...this.#open.values()].some(({ about, refusals, ready }) => about.error || (refusals > 0 && !ready));
    }

    /** How many rows are here of those that are too many to be here; 0 if there is no such thing. */
    get cut() {
        return Math.max(0, ...[...this.#open.values()].map(({ about, rows }) => (about.cut ? rows.length : 0)));
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
