/** The types that the database orders as JavaScript would; texts follow a collation, and names are elsewhere. */
const NUMBERS = ["integer", "float", "monetary"];
const PLAIN = [...NUMBERS, "boolean", "date", "datetime"];

/**
 * @typedef {{name: string, asc: boolean}} OrderTerm
 * @typedef {Record<string, {type: string}>} Fields
 */

/**
 * @param {string[]} texts  as a model's `_order` has them: `date desc`
 * @returns {OrderTerm[]} what says more than a direction is no field, and thus not plain
 */
export function termsOf(texts) {
    return texts.map((text) => {
        const [name = "", direction = "asc", ...more] = text.split(" ");
        return { name: more.length ? text : name, asc: direction.toLowerCase() !== "desc" };
    });
}

/**
 * Whether rows can be put in this order by the values they show, as Odoo would.
 *
 * @param {OrderTerm[]} orderBy
 * @param {Fields} fields  those on screen
 */
export function isPlain(orderBy, fields) {
    return orderBy.length > 0 && orderBy.every(({ name }) => name === "id" || PLAIN.includes(fields[name]?.type ?? ""));
}

/**
 * Whether what reads as 0 may be a number that is not set, which PostgreSQL puts before or after all others. Where the first thing
 * to order by is more than 0 in another row of those that are in order, it is set.
 *
 * @template T
 * @param {T[]} shown  rows that are in order
 * @param {T[]} others
 * @param {OrderTerm[]} orderBy
 * @param {Fields} fields
 * @param {(row: T, name: string) => any} valueOf
 */
export function mayBeUnset(shown, others, orderBy, fields, valueOf) {
    return orderBy.some(({ name }, index) => {
        const isZero = (/** @type {T} */ row) => !valueOf(row, name);
        const isNumber = NUMBERS.includes(fields[name]?.type ?? "");
        const isKnown = index === 0 && shown.some((row) => valueOf(row, name) > 0);
        return isNumber && (others.some(isZero) || (shown.some(isZero) && !isKnown));
    });
}

/**
 * Puts rows in order.
 *
 * @template T
 * @param {T[]} rows
 * @param {OrderTerm[]} orderBy
 * @param {Fields} fields
 * @param {(row: T, name: string) => any} valueOf  a number, a boolean, a moment; false is what is not set
 * @returns {T[] | undefined} nothing when the values leave it open which of two comes first
 */
export function inOrder(rows, orderBy, fields, valueOf) {
    let open = false;
    const next = [...rows].sort((one, other) => {
        const order = one === other ? 0 : compare(one, other);
        open ||= order === 0 && one !== other;
        return order;
    });
    return open ? undefined : next;

    /** @type {(one: T, other: T) => number} */
    function compare(one, other) {
        for (const { name, asc } of orderBy) {
            const type = fields[name]?.type;
            const [a, b] = [rank(valueOf(one, name), type), rank(valueOf(other, name), type)];
            if (a !== b) {
                return a < b === asc ? -1 : 1;
            }
            if (type === "datetime" && a !== Infinity) {
                return 0; // what is shown is cut to seconds, what the database orders by is not
            }
        }
        return 0;
    }
}

/**
 * PostgreSQL puts a date that is not set after all others; Odoo takes a boolean that is not set for false.
 *
 * @param {any} value
 * @param {string | undefined} type
 */
function rank(value, type) {
    const isDate = type === "date" || type === "datetime";
    return isDate && !value ? Infinity : Number(value);
}
