import { lastWhich } from "./still.js";

/**
 * What Odoo answers for a list, or for one of its groups.
 *
 * @typedef {{value?: unknown, records?: {id: number}[], groups?: Answer[]}} Answer
 */

/**
 * The records in an answer.
 *
 * @param {Answer} answer
 * @returns {number[]}
 */
export function idsIn({ records = [], groups = [] }) {
    return [...records.map(({ id }) => id), ...groups.flatMap(idsIn)];
}

/**
 * The records that an answer has where they are not shown: in a list, or in a group of it. One by many2many has a place in each.
 *
 * @param {any} list
 * @param {Answer} answer
 * @returns {number[]}
 */
export function arriving(list, answer) {
    return places(list, answer).flatMap(([rows, ids]) => ids.filter((id) => !rows?.records.some((/** @type {any} */ row) => row.resId === id)));
}

/**
 * The rows at the end of full pages that are not in the answer: gone, on one of the next pages, or not saved yet.
 *
 * @param {any} list
 * @param {Answer} answer
 * @returns {[any, any[]][]}  the list that shows them, and the rows
 */
export function offPage(list, answer) {
    return places(list, answer)
        .filter(([rows, ids]) => ids.length >= rows?.limit)
        .map(([rows, ids]) => /** @type {[any, any[]]} */ ([rows, lastWhich(rows.records, ({ resId }) => !ids.includes(resId))]))
        .filter(([, off]) => off.length);
}

/**
 * Which records the answer has for each list of rows that is shown, and for those that are not.
 *
 * @param {any} list
 * @param {Answer} answer
 * @returns {[any, number[]][]}
 */
function places(list, answer) {
    if (!list?.groups || !answer.groups) {
        return [[list, idsIn(answer)]];
    }
    return answer.groups.flatMap((group) => {
        const shown = list.groups.find((/** @type {any} */ { value, isFolded }) => !isFolded && JSON.stringify(value) === JSON.stringify(group.value));
        return places(shown?.list, group);
    });
}
