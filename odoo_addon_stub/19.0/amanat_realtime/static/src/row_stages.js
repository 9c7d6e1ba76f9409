/**
 * The ways from one order of rows to another that never move the row being edited in the page: moving an element
 * takes the focus and the caret from it. Owl leaves a row alone when everything above it, or everything below it,
 * stays as it is; so each stage changes one side only.
 *
 * @template T
 * @param {T[]} before
 * @param {T[]} next
 * @param {T | undefined} edited
 * @returns {T[][]} what to show one after the other; the last is `next`, and there is none when nothing changes
 */
export function rowStages(before, next, edited) {
    if (same(before, next)) {
        return [];
    }
    if (edited === undefined || !before.includes(edited) || !next.includes(edited)) {
        return [next];
    }
    const [above, below] = around(before, edited);
    const [nextAbove, nextBelow] = around(next, edited);
    if (same(above, nextAbove) || same(below, nextBelow)) {
        return [next];
    }
    const stayAbove = above.filter((row) => nextAbove.includes(row));
    const stayBelow = below.filter((row) => nextBelow.includes(row));
    const stages = [
        [...stayAbove, edited, ...below],
        [...stayAbove, edited, ...stayBelow],
        [...nextAbove, edited, ...stayBelow],
        next,
    ];
    return stages.filter((stage, index) => !same(stage, stages[index - 1] ?? before));
}

/**
 * @template T
 * @param {T[]} rows
 * @param {T} edited
 * @returns {[T[], T[]]} the rows above and below it
 */
function around(rows, edited) {
    const index = rows.indexOf(edited);
    return [rows.slice(0, index), rows.slice(index + 1)];
}

/**
 * @template T
 * @param {T[]} one
 * @param {T[]} other
 */
function same(one, other) {
    return one.length === other.length && one.every((row, index) => row === other[index]);
}
