import { Watches } from "../watches.js";
import { reconnectDelay } from "../reconnect.js";

const PAGE = 1000;
/** A view that asks for more gets no more, and is told so; the rest of the device's memory is not ours. */
const MOST_PAGES = 50;
/** Everybody hears of a reset in the same moment. */
const SPREAD_MS = 2000;

/**
 * @typedef {import("./store.js").Id} Id
 * @typedef {import("./store.js").Row} Row
 * @typedef {{table: string, filter?: string, columns?: string[]}} Selection
 *
 * @typedef {object} ChangeFrame
 * @property {number} feed
 * @property {string} table
 * @property {"INSERT" | "UPDATE" | "DELETE"} event
 * @property {Row} [record]
 * @property {Record<string, any>} [old_record]
 * @property {string} commit_timestamp
 *
 * @typedef {{ref: string, rows: Row[], more: boolean}} RowsFrame
 *
 * @typedef {object} FeedPort
 * @property {(message: object) => boolean} send
 * @property {import("./store.js").Store} store
 * @property {(feed: Feed) => void} complete  everything of it is here
 * @property {(feed: Feed, error: import("../frames.js").ErrorFrame) => void} refused
 * @property {(feed: Feed, frame: ChangeFrame) => void} heard
 */

/** One selection of rows that the server is asked to tell of: watched first, then read, page by page. Views of the same share it. */
export class Feed {
    /** @type {Set<Id>}  what is in sight of it */
    ids = new Set();
    /** Whether `ids` is what the server has, but for what is on its way. */
    complete = false;
    /** Whether the server has more than was read. */
    cut = false;
    views = 0;
    /** @type {import("../watches.js").Watch | undefined} */
    watch;
    /** @type {import("../frames.js").ErrorFrame | undefined} */
    error;
    /** @type {string | undefined}  the read whose answer is awaited */
    #read;
    /** It has to be read (again); no offset stands for that. */
    #owes = true;
    #pages = 0;
    #failures = 0;
    /** @type {Set<Id>}  what that read, or a change since it is owed, has shown: the log is ahead of what a read sees */
    #seen = new Set();
    /** @type {Set<Id>}  what has gone since it is owed: the read may still hold it */
    #gone = new Set();
    /** @type {unknown} */
    #timer;

    /**
     * @param {Selection} selection
     * @param {FeedPort} port
     * @param {import("../world.js").Environment} environment
     * @param {() => string} newRef
     */
    constructor(selection, port, environment, newRef) {
        this.selection = selection;
        this.port = port;
        this.environment = environment;
        this.newRef = newRef;
    }

    /** Watched from now on; what it missed comes by itself, unless a read was owed already. */
    opened() {
        if (this.#owes) {
            this.#start(0);
        } else {
            this.complete = true;
            this.port.complete(this);
        }
    }

    resumed() {
        this.port.store.tightenAll(this.selection.table);
    }

    /** @param {string} why */
    stale(why) {
        this.#owes = true;
        this.complete = false;
        this.#forget();
        if (why !== "opened") {
            this.#start(SPREAD_MS * this.environment.random());
        }
    }

    /** @param {ChangeFrame} frame */
    changed(frame) {
        const { table, event, record, old_record } = frame;
        if (event !== "DELETE" && record) {
            this.#seen.add(record.id);
            this.#gone.delete(record.id);
            this.port.store.take(table, this.ids, record);
        } else if (old_record) {
            this.#seen.delete(old_record.id);
            this.#gone.add(old_record.id);
            this.port.store.drop(table, this.ids, old_record.id);
        }
        this.port.heard(this, frame);
    }

    /**
     * @param {RowsFrame} frame
     * @returns {boolean} whether it is the answer to this feed's read
     */
    answered({ ref, rows, more }) {
        if (!ref || ref !== this.#read) {
            return false;
        }
        for (const row of rows.filter(({ id }) => !this.#gone.has(id))) {
            this.#seen.add(row.id);
            this.port.store.take(this.selection.table, this.ids, row);
        }
        const last = rows.at(-1);
        if (more && last && ++this.#pages < MOST_PAGES) {
            this.#ask(last.id);
        } else {
            this.cut = more;
            this.#finish();
        }
        return true;
    }

    /**
     * @param {import("../frames.js").ErrorFrame} error
     * @returns {boolean} whether it is the answer to this feed's read
     */
    failed(error) {
        if (!error.ref || error.ref !== this.#read) {
            return false;
        }
        if (error.code === "unavailable") {
            this.#start(SPREAD_MS + reconnectDelay(this.#failures++, this.environment.random));
        } else {
            this.refuse(error);
        }
        return true;
    }

    /**
     * Nothing of it may be read: nothing of it is shown.
     *
     * @param {import("../frames.js").ErrorFrame} error
     */
    refuse(error) {
        this.lost();
        this.error = error;
        for (const id of [...this.ids]) {
            this.port.store.drop(this.selection.table, this.ids, id);
        }
        this.port.refused(this, error);
    }

    lost() {
        this.complete = false;
        this.#forget();
        this.#read = undefined;
        this.environment.clearTimeout(this.#timer);
    }

    close() {
        this.lost();
        this.port.store.leave(this.selection.table, this.ids);
    }

    /** @param {number} delayMs */
    #start(delayMs) {
        this.#read = undefined;
        this.environment.clearTimeout(this.#timer);
        this.#timer = this.environment.setTimeout(() => {
            this.#pages = 0;
            this.#ask(undefined);
        }, delayMs);
    }

    /** @param {Id | undefined} after */
    #ask(after) {
        this.#read = this.newRef();
        this.port.send({ type: "read", ref: this.#read, ...this.selection, after, limit: PAGE });
    }

    /** What changes have shown until now says nothing of the next read. */
    #forget() {
        this.#seen.clear();
        this.#gone.clear();
    }

    #finish() {
        for (const id of [...this.ids].filter((it) => !this.#seen.has(it))) {
            this.port.store.drop(this.selection.table, this.ids, id);
        }
        this.#forget();
        this.#read = undefined;
        this.#owes = false;
        this.#failures = 0;
        this.complete = true;
        this.port.store.tightenAll(this.selection.table);
        this.port.complete(this);
    }
}

/** Which feeds there are. */
export class Feeds {
    /** @type {Map<string, Feed>} */
    #byKey = new Map();
    #reads = 0;

    /**
     * @param {FeedPort} port
     * @param {Watches} watches
     * @param {import("../world.js").Environment} environment
     */
    constructor(port, watches, environment) {
        this.port = port;
        this.watches = watches;
        this.environment = environment;
    }

    /**
     * @param {Selection} selection
     * @returns {Feed}
     */
    open(selection) {
        const key = JSON.stringify(selection);
        let feed = this.#byKey.get(key);
        if (!feed) {
            feed = new Feed(selection, this.port, this.environment, () => `read-${++this.#reads}`);
            this.#byKey.set(key, feed);
            feed.watch = this.#watch(feed);
        }
        feed.views++;
        return feed;
    }

    /** @param {Feed} feed */
    close(feed) {
        if (--feed.views === 0) {
            this.#forget(feed);
            feed.watch && this.watches.remove(feed.watch);
            feed.close();
        }
    }

    /**
     * @param {string} table
     * @returns {Set<Id>[]} what is in sight of each of its feeds
     */
    holders(table) {
        return [...this.#byKey.values()].filter(({ selection }) => selection.table === table).map(({ ids }) => ids);
    }

    /** @param {RowsFrame} frame */
    answered(frame) {
        [...this.#byKey.values()].some((feed) => feed.answered(frame));
    }

    /**
     * @param {import("../frames.js").ErrorFrame} error
     * @returns {boolean} whether it was about a read
     */
    failed(error) {
        return [...this.#byKey.values()].some((feed) => feed.failed(error));
    }

    /** @param {string | undefined} ref  of the watch that has heard all it missed */
    resumed(ref) {
        [...this.#byKey.values()].filter(({ watch }) => watch?.ref === ref).forEach((feed) => feed.resumed());
    }

    lost() {
        this.#byKey.forEach((feed) => feed.lost());
    }

    /** @param {Feed} feed */
    #watch(feed) {
        // what a watch is of, and what is told of it, is the server's business: the book only passes it on
        const spec = /** @type {any} */ ({ view: "table", ...feed.selection });
        return this.watches.add(spec, {
            opened: () => feed.opened(),
            stale: (why) => feed.stale(why),
            update: (frame) => feed.changed(/** @type {any} */ (frame)),
            refused: (error) => {
                this.#forget(feed);
                feed.refuse(error);
            },
        });
    }

    /**
     * Whoever opens a view like this asks anew.
     *
     * @param {Feed} feed
     */
    #forget(feed) {
        const key = JSON.stringify(feed.selection);
        if (this.#byKey.get(key) === feed) {
            this.#byKey.delete(key);
        }
    }
}
