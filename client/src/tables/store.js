import { microsOf } from "./moment.js";

/** Rows of own writes that no feed has told of, and rows that have gone: older ones are forgotten. */
const MOST_LOOSE = 500;
const MOST_GONE = 1000;

/**
 * @typedef {string | number} Id
 * @typedef {Record<string, any> & {id: Id}} Row
 *
 * @typedef {object} Entry
 * @property {Row} row
 * @property {number} at  its `updated_at`, in microseconds
 * @property {number} holders  how many feeds have it in sight
 * @property {boolean} loose  known from the answer to a write alone, or newer by it than what a feed has told
 *
 * @typedef {object} StorePort
 * @property {(table: string, id: Id) => void} changed
 * @property {(table: string, id: Id, row: Row | undefined) => void} keep  what a reload shows at first; undefined: it is gone
 */

/**
 * The rows as the server has them, by table and id, whatever view asked for them. A row never goes back to an older state, and it is
 * here as long as a feed has it in sight.
 */
export class Store {
    /** @type {Map<string, Map<Id, Entry>>} */
    #tables = new Map();
    /** @type {Map<string, [string, Id]>} */
    #loose = new Map();
    /** @type {Set<string>} */
    #gone = new Set();

    /** @param {StorePort} port */
    constructor(port) {
        this.port = port;
    }

    /**
     * @param {string} table
     * @param {Id} id
     * @returns {Entry | undefined}
     */
    get(table, id) {
        return this.#tables.get(table)?.get(id);
    }

    /**
     * @param {string} table
     * @returns {Iterable<Id>}
     */
    ids(table) {
        return this.#tables.get(table)?.keys() ?? [];
    }

    /**
     * A feed has this row in sight, and it is like this.
     *
     * @param {string} table
     * @param {Set<Id>} holder  the ids that the feed has in sight
     * @param {Row} record
     * @param {boolean} [kept]  it comes from the device's own cache
     */
    take(table, holder, record, kept = false) {
        const entry = (kept && this.get(table, record.id)) || this.#put(table, record);
        entry.at = kept ? 0 : entry.at; // whatever the server says is newer
        entry.holders += Number(!holder.has(record.id));
        holder.add(record.id);
        this.#gone.delete(keyOf(table, record.id));
        this.#tighten(table, record.id);
        if (!kept) {
            this.port.keep(table, record.id, entry.row);
        }
        this.port.changed(table, record.id);
    }

    /**
     * The answer to a write holds this row: newer, it may be, than what the feeds have told.
     *
     * @param {string} table
     * @param {Row} record
     */
    takeLoose(table, record) {
        const key = keyOf(table, record.id);
        const told = this.get(table, record.id)?.at;
        const entry = this.#gone.has(key) ? undefined : this.#put(table, record);
        if (entry && entry.at !== told) {
            entry.loose = true;
            this.#loose.set(key, [table, record.id]);
            const [oldest] = this.#loose.size > MOST_LOOSE ? this.#loose.values() : [];
            oldest && this.#tighten(...oldest);
            this.port.changed(table, record.id);
        }
    }

    /**
     * What the feeds have told is complete again.
     *
     * @param {string} table
     */
    tightenAll(table) {
        for (const [of, id] of [...this.#loose.values()]) {
            if (of === table) {
                this.#tighten(of, id);
            }
        }
    }

    /**
     * A feed has lost sight of it.
     *
     * @param {string} table
     * @param {Set<Id>} holder
     * @param {Id} id
     */
    drop(table, holder, id) {
        this.#tighten(table, id);
        this.#release(table, holder, id);
        if (!this.get(table, id)) {
            this.#noteGone(keyOf(table, id));
            this.port.keep(table, id, undefined);
        }
    }

    /**
     * This user deleted it.
     *
     * @param {string} table
     * @param {Id} id
     * @param {Iterable<Set<Id>>} holders
     */
    dropAll(table, id, holders) {
        for (const holder of holders) {
            if (holder.has(id)) {
                this.drop(table, holder, id);
            }
        }
    }

    /**
     * Nobody watches any more; what was in sight is kept for the next time.
     *
     * @param {string} table
     * @param {Set<Id>} holder
     */
    leave(table, holder) {
        for (const id of [...holder]) {
            this.#release(table, holder, id);
        }
    }

    /** Another epoch: the database may be an older one than before. */
    forgetTimes() {
        for (const entries of this.#tables.values()) {
            for (const entry of entries.values()) {
                entry.at = 0;
            }
        }
    }

    /**
     * @param {string} table
     * @param {Row} record
     */
    #put(table, record) {
        const entries = this.#tables.get(table) ?? new Map();
        this.#tables.set(table, entries);
        const entry = entries.get(record.id) ?? { row: record, at: 0, holders: 0, loose: false };
        const at = microsOf(record.updated_at) || entry.at;
        if (at >= entry.at) {
            Object.assign(entry, { row: { ...entry.row, ...record, $pending: 0 }, at });
        }
        entries.set(record.id, entry);
        return entry;
    }

    /** @param {string} key */
    #noteGone(key) {
        this.#gone.add(key);
        if (this.#gone.size > MOST_GONE) {
            const [oldest = ""] = this.#gone;
            this.#gone.delete(oldest);
        }
    }

    /**
     * @param {string} table
     * @param {Set<Id>} holder
     * @param {Id} id
     */
    #release(table, holder, id) {
        const entry = this.get(table, id);
        if (entry && holder.delete(id)) {
            entry.holders--;
            this.#clear(table, id, entry);
            this.port.changed(table, id);
        }
    }

    /**
     * @param {string} table
     * @param {Id} id
     */
    #tighten(table, id) {
        this.#loose.delete(keyOf(table, id));
        const entry = this.get(table, id);
        if (entry?.loose) {
            entry.loose = false;
            this.#clear(table, id, entry);
            this.port.changed(table, id);
        }
    }

    /**
     * @param {string} table
     * @param {Id} id
     * @param {Entry} entry
     */
    #clear(table, id, entry) {
        if (entry.holders === 0 && !entry.loose) {
            this.#tables.get(table)?.delete(id);
        }
    }
}

/**
 * @param {string} table
 * @param {Id} id
 */
function keyOf(table, id) {
    return `${table}\0${id}`;
}
