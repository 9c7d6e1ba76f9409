/**
 * Where the parts that come with the first view of their kind find who keeps views fresh. Where nobody does, they do nothing.
 *
 * @typedef {(interaction: any) => void} Part
 */

/** @type {Part[]} */
const waiting = [];
/** @type {(part: Part) => void} */
let begin = (part) => waiting.push(part);

/** @param {Part} part  to be called once views are kept fresh */
export function whenLive(part) {
    begin(part);
}

/** @param {any} interaction */
export function beginParts(interaction) {
    begin = (part) => {
        try {
            part(interaction);
        } catch (error) {
            interaction.warn(`not everything on screen is kept fresh: ${error}`);
        }
    };
    waiting.splice(0).forEach(begin);
}
