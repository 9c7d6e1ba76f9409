/**
 * What is to be done with one row: values drawn, or the row taken away.
 *
 * @typedef {object} Step
 * @property {Record<string, unknown>} values
 * @property {boolean} insert  the values are those of every column: a row that is not there can be made of them
 * @property {number} counts  how many records more the list has with it, if it is not on screen
 * @property {Gone} [gone]  the row goes
 *
 * @typedef {{op: "leave" | "delete", by?: string}} Gone  why, and who did it
 */

/**
 * What is to be done in the end, when another message comes before the first is drawn.
 *
 * @param {Step | undefined} first
 * @param {Step} then
 * @returns {Step}
 */
export function merged(first, then) {
    if (!first || then.gone) {
        return then;
    }
    const counts = first.counts + then.counts;
    return first.gone
        ? { ...then, counts }
        : { values: { ...first.values, ...then.values }, insert: first.insert || then.insert, counts };
}
