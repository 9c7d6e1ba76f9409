/**
 * One place in the grid that has the focus: a slot, or a task in it. Arrow keys go from place to place, and the grid is one
 * stop of the Tab key.
 */

/** @typedef {{row: number, column: number, card: string}} Place `card` is a task's id; empty for the slot itself */
/** @typedef {{rows: number, columns: number, cards: (row: number, column: number) => string[]}} Field */

/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * Where a key leads.
 *
 * @param {string} key
 * @param {Place} from
 * @param {Field} field
 * @returns {Place | undefined} nothing if the key is none of these
 */
export function step(key, from, field) {
    if (key === "Home" || key === "End") {
        return { row: from.row, column: key === "Home" ? 0 : field.columns - 1, card: "" };
    }
    const by = STEPS[key];
    if (!by) {
        return undefined;
    }
    return by[0] === 0 ? aside(from, by[1], field) : along(from, by[0], field);
}

/** @param {Place} from @param {number} by @param {Field} field @returns {Place} */
function aside({ row, column }, by, field) {
    const to = within(column + by, field.columns);
    return { row, column: to, card: field.cards(row, to)[0] ?? "" };
}

/** Through the tasks of a slot, then to the next slot. @param {Place} from @param {number} by @param {Field} field @returns {Place} */
function along({ row, column, card }, by, field) {
    // The slot itself comes after its tasks: it is where a new one goes.
    const stops = [...field.cards(row, column), ""];
    const next = stops.indexOf(card) + by;
    if (next >= 0 && next < stops.length) {
        return { row, column, card: stops[next] ?? "" };
    }
    const to = within(row + by, field.rows);
    if (to === row) {
        return { row, column, card };
    }
    return { row: to, column, card: by > 0 ? (field.cards(to, column)[0] ?? "") : "" };
}

/** @param {number} value @param {number} count */
export function within(value, count) {
    return Math.max(0, Math.min(value, count - 1));
}
