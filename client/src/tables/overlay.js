import { isTemporary } from "./operation.js";

const MOST_MARKS = 500;

/**
 * @typedef {import("./store.js").Id} Id
 * @typedef {import("./store.js").Row} Row
 * @typedef {import("./operation.js").Operation} Operation
 *
 * @typedef {object} Patch  what the operations that are on their way make of one row
 * @property {Record<string, any>} values
 * @property {boolean} inserted
 * @property {boolean} deleted
 * @property {number} pending  how many of them there are
 *
 * @typedef {{$updatedBy?: unknown, $error?: import("./queue.js").Refusal}} Mark
 */

/** What is to be seen: the rows as the server has them, with the operations that are on their way done to them again. */
export class Overlay {
    /** @type {Map<string, Map<Id, Patch>>} */
    #patches = new Map();
    /** @type {Map<string, Mark>} */
    #marks = new Map();
    /** @type {Map<string, Record<string, any>>}  what this user wrote last, as the server has stored it */
    #mine = new Map();

    /**
     * @param {import("./store.js").Store} store
     * @param {import("./operation.js").Ids} ids
     * @param {(table: string, id: Id) => void} changed
     */
    constructor(store, ids, changed) {
        this.store = store;
        this.ids = ids;
        this.changed = changed;
    }

    /** @param {Operation[]} operations */
    replay(operations) {
        const before = this.#patches;
        this.#patches = new Map();
        for (const { table, op, id, values } of operations.flatMap(({ steps }) => steps)) {
            const patch = this.#patchOf(table, this.ids.resolve(id));
            patch.pending++;
            patch.inserted ||= op === "insert";
            patch.deleted ||= op === "delete";
            Object.assign(patch.values, this.ids.resolveAll(values));
        }
        this.#tell(before);
        this.#tell(this.#patches);
    }

    /**
     * @param {string} table
     * @param {Id} id
     * @returns {Row | undefined}
     */
    row(table, id) {
        const stored = this.store.get(table, id)?.row;
        const patch = this.#patches.get(table)?.get(id);
        const mark = this.#marks.get(keyOf(table, id));
        if (patch?.deleted || (!stored && !patch?.inserted)) {
            return undefined;
        }
        if (stored && !patch && !mark) {
            return stored;
        }
        const temporary = isTemporary(id) ? { $temp: true } : {};
        return { ...stored, ...patch?.values, id, $pending: patch?.pending ?? 0, ...mark, ...temporary };
    }

    /**
     * @param {string} table
     * @returns {Iterable<Id>} rows that the server may not have yet
     */
    pendingIds(table) {
        return this.#patches.get(table)?.keys() ?? [];
    }

    /**
     * An operation of this user is done.
     *
     * @param {Operation} operation
     * @param {import("./operation.js").Written[]} rows
     * @param {unknown} me
     */
    wrote({ steps }, rows, me) {
        for (const [place, { table, id, values }] of steps.entries()) {
            const record = rows[place]?.record;
            if (values && record) {
                const own = record.updated_by === undefined || record.updated_by === me;
                const stored = own ? Object.fromEntries(Object.keys(values).map((name) => [name, record[name]])) : this.ids.resolveAll(values);
                remember(this.#mine, keyOf(table, this.ids.resolve(id)), stored);
                this.heard(table, record, me);
            }
        }
    }

    /**
     * Somebody's write was told: this user is to know when it took the place of their own.
     *
     * @param {string} table
     * @param {Row} record
     * @param {unknown} me
     */
    heard(table, record, me) {
        const mine = this.#mine.get(keyOf(table, record.id));
        const other = record.updated_by !== undefined && record.updated_by !== me;
        if (mine && other && Object.keys(mine).some((name) => name in record && !same(record[name], mine[name]))) {
            this.#mark(table, record.id, { $updatedBy: record.updated_by });
        }
    }

    /**
     * @param {import("./queue.js").Refusal} refusal
     * @param {Operation} operation
     */
    refused(refusal, { steps }) {
        for (const { table, id } of steps.filter((_step, place) => place === (refusal.index ?? place))) {
            this.#mark(table, this.ids.resolve(id), { $error: refusal });
        }
    }

    /**
     * The user has seen what was said of a row, or writes to it anew.
     *
     * @param {string} table
     * @param {Id} id
     */
    seen(table, id) {
        this.#mine.delete(keyOf(table, id));
        if (this.#marks.delete(keyOf(table, id))) {
            this.changed(table, id);
        }
    }

    /**
     * @param {string} table
     * @param {Id} id
     * @param {Mark} mark
     */
    #mark(table, id, mark) {
        const key = keyOf(table, id);
        remember(this.#marks, key, { ...this.#marks.get(key), ...mark });
        this.changed(table, id);
    }

    /**
     * @param {string} table
     * @param {Id} id
     * @returns {Patch}
     */
    #patchOf(table, id) {
        const patches = this.#patches.get(table) ?? new Map();
        this.#patches.set(table, patches);
        const patch = patches.get(id) ?? { values: {}, inserted: false, deleted: false, pending: 0 };
        patches.set(id, patch);
        return patch;
    }

    /** @param {Map<string, Map<Id, Patch>>} patches */
    #tell(patches) {
        for (const [table, ofTable] of patches) {
            for (const id of ofTable.keys()) {
                this.changed(table, id);
            }
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

/**
 * @param {any} left
 * @param {any} right
 */
function same(left, right) {
    return left === right || JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
}

/**
 * @template T
 * @param {Map<string, T>} map  of which only the newest are kept
 * @param {string} key
 * @param {T} value
 */
function remember(map, key, value) {
    map.delete(key);
    map.set(key, value);
    if (map.size > MOST_MARKS) {
        const [oldest = ""] = map.keys();
        map.delete(oldest);
    }
}
