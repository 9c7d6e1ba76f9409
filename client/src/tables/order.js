/**
 * @typedef {Record<string, any>} Row
 */

/**
 * @param {string} [text]  columns from the most important one on, `day,starts.desc`; what has no value comes last, and rows that are
 *     equal stand by their ids
 * @returns {{columns: string[], compare: (left: Row, right: Row) => number}}
 */
export function parseOrder(text = "") {
    const terms = text.split(",").filter(Boolean).map(termOf);
    return {
        columns: terms.map(({ column }) => column),
        compare: (left, right) => {
            for (const { column, sign } of terms) {
                const result = compareValues(left[column], right[column], sign);
                if (result) {
                    return result;
                }
            }
            return compareValues(left.id, right.id, 1) || compareValues(`${left.id}`, `${right.id}`, 1);
        },
    };
}

/** @param {string} text */
function termOf(text) {
    const [column = "", direction] = text.trim().split(".");
    return { column, sign: direction === "desc" ? -1 : 1 };
}

/**
 * @param {any} left
 * @param {any} right
 * @param {number} sign
 */
function compareValues(left, right, sign) {
    if (left === right) {
        return 0;
    }
    if ((left ?? null) === null || (right ?? null) === null) {
        return Number((left ?? null) === null) - Number((right ?? null) === null);
    }
    return left < right ? -sign : left > right ? sign : 0;
}
