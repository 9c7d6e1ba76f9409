/** Which rows of a long list are drawn: a window over rows of one height. Pure. */

/** @typedef {{first: number, end: number}} Range from the first row to before the end */

/** Beside the screen that is seen, half a screen on each side: two in all, and never more than three. */
const BEYOND = 0.5;

/**
 * @param {{top: number, height: number, rowHeight: number, count: number}} scroll
 * @returns {Range}
 */
export function range({ top, height, rowHeight, count }) {
    const beyond = Math.ceil((height * BEYOND) / rowHeight);
    const first = Math.max(0, Math.min(Math.floor(top / rowHeight), count) - beyond);
    const end = Math.min(count, Math.ceil((top + height) / rowHeight) + beyond);
    return { first, end };
}

/**
 * Where to scroll so that the row at the top stays where it is, after rows came or went above it.
 *
 * @param {{top: number, rowHeight: number, before: number, now: number}} anchor index of that row before and now; -1 when gone
 */
export function steady({ top, rowHeight, before, now }) {
    return before < 0 || now < 0 ? top : Math.max(0, top + (now - before) * rowHeight);
}

/**
 * The least scrolling that shows a row whole.
 *
 * @param {{top: number, height: number, rowHeight: number, index: number}} row
 */
export function reveal({ top, height, rowHeight, index }) {
    const start = index * rowHeight;
    return start < top ? start : start + rowHeight > top + height ? start + rowHeight - height : top;
}
