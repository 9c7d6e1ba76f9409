import { microsOf } from "./moment.js";

const CONDITION = /^([^=]+)=(not\.)?(eq|neq|lt|lte|gt|gte|in|is|like|ilike)\.([^]*)$/;
/** Commas within quotes or a list do not part conditions. */
const CONDITIONS = /(?:"(?:\\[^]|[^"\\])*"|\((?:"(?:\\[^]|[^"\\])*"|[^()"])*\)|[^,])+/g;
const ITEMS = /(?:"(?:\\[^]|[^"\\])*"|[^,])+/g;

/**
 * @typedef {Record<string, any>} Row
 * @typedef {{columns: string[], matches: (row: Row) => boolean}} Filter
 */

/**
 * What a filter of docs/protocol.md says of one row. The server judges what it sends; this judges what it has not seen yet: rows with
 * changes that are still on their way. What is no filter matches nothing; the server says what is wrong with it.
 *
 * @param {string} [text]
 * @returns {Filter}
 */
export function parseFilter(text = "") {
    const conditions = (text.match(CONDITIONS) ?? []).map(conditionOf);
    return {
        columns: conditions.map(({ column }) => column),
        matches: (row) => conditions.every(({ holds }) => holds(row)),
    };
}

/** @param {string} text */
function conditionOf(text) {
    const [, column = "", not, operator = "", operand = ""] = CONDITION.exec(text.trim()) ?? [];
    const judge = judgeOf(operator, operand);
    return {
        column,
        holds: (/** @type {Row} */ row) => {
            const verdict = judge?.(row[column]); // undefined where SQL says null: neither it nor its opposite holds
            return verdict !== undefined && verdict !== Boolean(not);
        },
    };
}

/**
 * @param {string} operator
 * @param {string} operand
 * @returns {((value: any) => boolean | undefined) | undefined}
 */
function judgeOf(operator, operand) {
    if (operator === "is") {
        const wanted = { null: null, unknown: null, true: true, false: false }[operand];
        return (value) => (value ?? null) === wanted;
    }
    const test = testOf(operator, operand);
    return test && ((value) => (value === null || value === undefined ? undefined : test(value)));
}

/**
 * @param {string} operator
 * @param {string} operand
 * @returns {((value: any) => boolean) | undefined}
 */
function testOf(operator, operand) {
    const text = plain(operand);
    switch (operator) {
        case "eq":
            return (value) => compare(value, text) === 0;
        case "neq":
            return (value) => compare(value, text) !== 0;
        case "lt":
            return (value) => compare(value, text) < 0;
        case "lte":
            return (value) => compare(value, text) <= 0;
        case "gt":
            return (value) => compare(value, text) > 0;
        case "gte":
            return (value) => compare(value, text) >= 0;
        case "in": {
            const items = (operand.slice(1, -1).match(ITEMS) ?? []).map(plain);
            return (value) => items.some((item) => compare(value, item) === 0);
        }
        case "like":
        case "ilike": {
            const pattern = patternOf(text, operator === "ilike" ? "iu" : "u");
            return (value) => pattern.test(String(value));
        }
        default:
            return undefined;
    }
}

/** @param {string} text */
function plain(text) {
    return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replace(/\\([^])/g, "$1") : text;
}

/**
 * @param {unknown} value  of a row
 * @param {string} text  of a filter
 */
function compare(value, text) {
    if (typeof value === "number") {
        return value - Number(text);
    }
    const own = typeof value === "object" ? JSON.stringify(value) : String(value);
    const apart = microsOf(own) - microsOf(text);
    return Number.isNaN(apart) ? Number(own > text) - Number(own < text) : apart;
}

/**
 * @param {string} like  `%` is any text, `_` any character, `\` makes the next one plain
 * @param {string} flags
 */
function patternOf(like, flags) {
    const parts = like.replace(/\\?[^]/gu, (part) => ({ "%": "[^]*", _: "[^]" })[part] ?? escape(part.length > 1 && part[0] === "\\" ? part.slice(1) : part));
    return new RegExp(`^${parts}$`, flags);
}

/** @param {string} text */
function escape(text) {
    return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
