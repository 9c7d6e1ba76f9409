const TEMP = "temp:";
const TEMPORARY = /^temp:[\da-f-]{36}$/;

/**
 * One step of a write: what is to become of one row.
 *
 * @typedef {object} Step
 * @property {string} table
 * @property {"insert" | "update" | "delete"} op
 * @property {import("./store.js").Id} id  of an insert that leaves it to the database: temporary
 * @property {Record<string, any>} [values]
 * @property {Record<string, any>} [base]  what the columns held, where the write is refused when they hold something else
 *
 * What the user did at once: the server does all of it or nothing.
 *
 * @typedef {object} Operation
 * @property {string} opId
 * @property {number} [seq]  its place among the operations of this device; missing until it is stored
 * @property {Step[]} steps
 * @property {"if_base"} [mode]
 * @property {"queued" | "sent" | "written"} state
 * @property {boolean} [received]  its receipt came before its answer
 * @property {Written[]} [rows]  the answer
 *
 * @typedef {{table: string, id: import("./store.js").Id, record: import("./store.js").Row | null}} Written
 */

/** @param {unknown} value */
export function isTemporary(value) {
    return typeof value === "string" && TEMPORARY.test(value);
}

/** @param {string} uuid */
export function temporary(uuid) {
    return TEMP + uuid;
}

/** Which real id each temporary one became. */
export class Ids {
    /** @type {Map<unknown, import("./store.js").Id>} */
    #real = new Map();

    /** @param {Iterable<[unknown, import("./store.js").Id]>} pairs */
    learn(pairs) {
        for (const [temp, real] of pairs) {
            this.#real.set(temp, real);
        }
    }

    /**
     * @param {any} value
     * @returns {any} the same, unless it is a temporary id that has become a real one
     */
    resolve(value) {
        return this.#real.get(value) ?? value;
    }

    /**
     * @template {Record<string, any> | undefined} T
     * @param {T} values
     * @returns {T}
     */
    resolveAll(values) {
        return values && /** @type {T} */ (Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.resolve(value)])));
    }

    /** @param {string} text  of a filter */
    resolveText(text) {
        return text.replace(/temp:[\da-f-]{36}/g, (temp) => String(this.resolve(temp)));
    }
}

/**
 * The temporary ids that an operation inserts.
 *
 * @param {Operation} operation
 */
export function inserts({ steps }) {
    return steps.filter(({ op, id }) => op === "insert" && isTemporary(id)).map(({ id }) => id);
}

/**
 * The temporary ids that somebody else must have inserted before an operation.
 *
 * @param {Operation} operation
 * @param {Ids} ids
 */
export function needs(operation, ids) {
    const own = inserts(operation);
    const named = operation.steps.flatMap(({ id, values, base }) => [id, ...Object.values(values ?? {}), ...Object.values(base ?? {})]);
    return named.filter((value) => isTemporary(ids.resolve(value)) && !own.includes(value));
}

/**
 * What cannot be done when an operation is not: what names a row that it was to insert, and so on.
 *
 * @param {Operation} refused
 * @param {Operation[]} operations  in order
 * @param {Ids} ids
 */
export function dependants(refused, operations, ids) {
    const lost = new Set(inserts(refused));
    return operations.filter((operation) => {
        const depends = operation !== refused && needs(operation, ids).some((temp) => lost.has(temp));
        depends && inserts(operation).forEach((temp) => lost.add(temp));
        return depends;
    });
}

/**
 * @param {Operation} operation  one that needs nothing
 * @param {Ids} ids
 * @returns {object} as docs/protocol.md has it
 */
export function frameOf({ opId, steps, mode }, ids) {
    const value = (/** @type {any} */ it, /** @type {number} */ place) => {
        const earlier = isTemporary(ids.resolve(it)) ? steps.slice(0, place).findIndex(({ op, id }) => op === "insert" && id === it) : -1;
        return earlier < 0 ? ids.resolve(it) : { $ref: earlier };
    };
    const ops = steps.map(({ table, op, id, values, base }, place) => ({
        table,
        op,
        id: op === "insert" && isTemporary(id) ? undefined : ids.resolve(id),
        values: values && Object.fromEntries(Object.entries(values).map(([name, it]) => [name, value(it, place)])),
        base: ids.resolveAll(base),
    }));
    return { type: "write", opId, ...(ops.length === 1 ? ops[0] : { ops }), mode };
}
