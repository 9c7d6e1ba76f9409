import { parseFilter } from "./filter.js";
import { parseOrder } from "./order.js";

/** Where more rows than this have changed at once, sorting all of them costs less than finding the place of each. */
const MANY = 200;
/** What a row must have to be put in order of time, and to say who wrote it. */
const ALWAYS = ["id", "updated_at", "updated_by"];

/**
 * @typedef {import("./store.js").Id} Id
 * @typedef {import("./store.js").Row} Row
 *
 * @typedef {object} ViewSpec
 * @property {string} table
 * @property {string} [filter]  as docs/protocol.md has it
 * @property {string[]} [columns]
 * @property {string} [order]  `day,starts.desc`
 *
 * @typedef {object} About
 * @property {boolean} stale  not known to be what the server has now
 * @property {boolean} [cut]  there are more rows than a view holds: these are the first by their ids
 * @property {{code: string, message: string}} [error]  it is not live: open one like it to ask again
 *
 * @typedef {object} ViewPort
 * @property {import("./store.js").Store} store
 * @property {import("./overlay.js").Overlay} overlay
 * @property {import("./operation.js").Ids} ids
 * @property {import("./feeds.js").Feeds} feeds
 * @property {import("./storage.js").Storage} storage
 * @property {() => void} changed  it is to be drawn with the next frame
 * @property {() => boolean} offline
 * @property {(view: View) => void} ended
 */

/** One live query: what is to be seen of a table, filtered and in order, told whenever it has changed. */
export class View {
    /** @type {Row[]} */
    rows = [];
    /** @type {Map<Id, Row>} */
    #byId = new Map();
    /** @type {Set<Id>} */
    #dirty = new Set();
    #all = true;
    #told = false;
    /** @type {import("./feeds.js").Feed | undefined}  none while the filter names a row that the server does not have */
    #feed;
    #filter = "";
    matches = (/** @type {Row} */ _row) => true;
    #loaded = false;
    #known = false;
    #ended = false;
    /** @type {{resolve: (value?: unknown) => void, reject: (why: unknown) => void}} */
    #settle = /** @type {any} */ (undefined);

    /**
     * @param {ViewSpec} spec
     * @param {(rows: Row[], about: About) => void} callback
     * @param {ViewPort} port
     */
    constructor({ table, filter = "", columns, order }, callback, port) {
        this.table = table;
        this.callback = callback;
        this.port = port;
        this.order = parseOrder(order);
        this.columns = columns && [...new Set([...ALWAYS, ...columns, ...this.order.columns, ...parseFilter(filter).columns])].sort();
        /** The first rows are here: the server's, or those that this device kept. */
        this.ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
        this.ready.catch(() => {});
        this.#bind(filter);
    }

    /** @param {About["error"]} [error]  nothing of it may be seen any more */
    end(error) {
        error && this.callback([], { stale: true, error });
        this.#ended = true;
        this.#feed && this.port.feeds.close(this.#feed);
        this.port.ended(this);
    }

    /** Temporary ids have become real ones. */
    named() {
        if (this.port.ids.resolveText(this.#filter) !== this.#filter) {
            this.#bind(this.#filter);
        }
    }

    /** @param {Id} id */
    touch(id) {
        this.#dirty.add(id);
    }

    touchAll() {
        this.#all = true;
    }

    /** @param {import("./feeds.js").Feed} feed */
    isOf(feed) {
        return feed === this.#feed;
    }

    /** Something that its first rows wait for has happened. */
    progress() {
        this.#all = true;
        const error = this.#feed?.error;
        const here = !this.#feed || this.#feed.complete || (this.#loaded && (this.#known || this.port.offline()));
        if (error) {
            this.#settle.reject(error);
        } else if (here) {
            this.#settle.resolve();
            this.#told = true;
        }
        if (this.#feed?.complete) {
            void this.port.storage.keepView(this.#key);
        }
        this.port.changed();
    }

    /** Tells the page, if there is anything to tell. */
    draw() {
        if (this.#ended || (!this.#all && !this.#dirty.size) || !(this.#told || this.#feed?.error)) {
            return;
        }
        const rows = this.#all || this.#dirty.size > MANY ? this.#sortAll() : this.#place();
        this.#dirty.clear();
        this.#all = false;
        this.rows = rows;
        const { complete, cut, error } = this.#feed ?? {};
        this.callback(rows, { stale: complete === false, cut, error });
    }

    get #key() {
        return JSON.stringify([this.table, this.#filter, this.columns]);
    }

    /** @param {string} filter */
    #bind(filter) {
        this.#filter = this.port.ids.resolveText(filter);
        this.matches = parseFilter(this.#filter).matches;
        const before = this.#feed;
        const local = this.#filter.includes("temp:");
        this.#feed = local ? undefined : this.port.feeds.open({ table: this.table, filter: this.#filter || undefined, columns: this.columns });
        before && this.port.feeds.close(before);
        void this.#load();
        this.progress();
    }

    /** What this device kept is shown until the server has answered. */
    async #load() {
        const feed = this.#feed;
        this.#loaded = false;
        if (!feed || feed.complete) {
            return;
        }
        const [known, rows] = await Promise.all([this.port.storage.hasView(this.#key), this.port.storage.rows(this.table)]);
        if (feed === this.#feed && !this.#ended && !feed.error) {
            if (!feed.complete) {
                rows.filter((row) => this.matches(row)).forEach((row) => this.port.store.take(this.table, feed.ids, row, true));
            }
            this.#known = known;
            this.#loaded = true;
            this.progress();
        }
    }

    /**
     * @param {Id} id
     * @returns {Row | undefined}
     */
    #see(id) {
        const row = this.port.overlay.row(this.table, id);
        if (!row || this.#feed?.error) {
            return undefined;
        }
        const stored = this.port.store.get(this.table, id);
        // what the server has told, it has judged; what it is yet to tell is judged here, if that makes a difference
        const told = stored && !stored.loose && (stored.row === row || this.matches(stored.row) === this.matches(row));
        const inSight = this.#feed?.ids.has(id);
        const shown = told && (inSight || this.#feed?.complete) ? inSight : this.matches(row);
        return shown ? row : undefined;
    }

    #sortAll() {
        this.#byId.clear();
        for (const id of new Set([...this.port.store.ids(this.table), ...this.port.overlay.pendingIds(this.table)])) {
            const row = this.#see(id);
            row && this.#byId.set(id, row);
        }
        return [...this.#byId.values()].sort(this.order.compare);
    }

    /** Only what has changed moves. */
    #place() {
        const rows = [...this.rows];
        for (const id of this.#dirty) {
            const before = this.#byId.get(id);
            const now = this.#see(id);
            if (before) {
                rows.splice(placeOf(rows, before, this.order.compare), 1);
                this.#byId.delete(id);
            }
            if (now) {
                rows.splice(placeOf(rows, now, this.order.compare), 0, now);
                this.#byId.set(id, now);
            }
        }
        return rows;
    }
}

/**
 * @param {Row[]} rows  in order
 * @param {Row} row
 * @param {(left: Row, right: Row) => number} compare
 */
function placeOf(rows, row, compare) {
    let from = 0;
    let to = rows.length;
    while (from < to) {
        const middle = (from + to) >> 1;
        if (compare(/** @type {Row} */ (rows[middle]), row) < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}
