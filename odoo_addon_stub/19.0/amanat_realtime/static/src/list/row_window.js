/** A list with more rows than this draws only those around what its user looks at. */
export const MOST_ROWS = 500;
/** So many rows on each side are drawn, too. Windows begin and end at multiples of it, so that few steps of scrolling draw anew. */
const SPARE = 100;

/**
 * Which rows are drawn.
 *
 * @param {number} count  of rows
 * @param {{top: number, height: number, rowHeight: number}} seen  how far the list is scrolled and how much of it is in sight, in
 *     pixels
 * @returns {{first: number, end: number}}
 */
export function rowWindow(count, { top, height, rowHeight }) {
    const block = (/** @type {number} */ place) => Math.floor(Math.min(count - 1, place / rowHeight) / SPARE);
    return { first: Math.max(0, (block(top) - 1) * SPARE), end: Math.min(count, (block(top + height) + 2) * SPARE) };
}

/**
 * The same, or the last one where the list has become too short for it.
 *
 * @param {number} count  of rows
 * @param {{first: number, end: number}} window
 */
export function holding(count, { first, end }) {
    return first < count ? { first, end } : rowWindow(count, { top: Infinity, height: 0, rowHeight: 1 });
}

/**
 * The same with a row in it, wherever its user scrolls. The first is always an even one: stripes stay where they are.
 *
 * @param {{first: number, end: number}} window
 * @param {number} row  less than 0: none
 */
export function including({ first, end }, row) {
    return row < 0 ? { first, end } : { first: Math.min(first, row - (row % 2)), end: Math.max(end, row + 1) };
}

/**
 * Where the rows that were drawn are now, however many have come or gone above them.
 *
 * @template T
 * @param {T[]} rows
 * @param {T[]} drawn
 * @returns {{first: number, end: number} | undefined} undefined: none of them is there any more
 */
export function anchored(rows, drawn) {
    const were = new Set(drawn);
    const first = rows.findIndex((row) => were.has(row));
    return first < 0 ? undefined : { first, end: rows.findLastIndex((row) => were.has(row)) + 1 };
}

/**
 * No row that is drawn goes while one is written in: rows that go below it while others come above would take the focus from it.
 *
 * @param {{first: number, end: number}} window
 * @param {{first: number, end: number}} [drawn]
 */
export function widened({ first, end }, drawn = { first, end }) {
    return { first: Math.min(first, drawn.first), end: Math.max(end, drawn.end) };
}
