/**
 * What is to be done with one row: values drawn, or the row taken away.
 *
 * @typedef {object} Step
 * @property {Record<string, unknown>} values
 * @property {boolean} insert  the values are those of every column: a row that is not there can be made of them
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
    if (!first || first.gone || then.gone) {
        return then;
    }
    return { values: { ...first.values, ...then.values }, insert: first.insert || then.insert };
}
