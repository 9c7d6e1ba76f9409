/**
 * What a form knows about itself at one moment.
 *
 * @typedef {object} FormView
 * @property {string} model
 * @property {number | false} id
 * @property {string[]} fields  names of the fields it reads
 * @property {Set<string>} patchable  those whose value in a frame can be drawn as it is
 * @property {Set<string>} computed  those that Odoo computes anew at each reading
 * @property {number[]} companies  those switched on
 * @property {LinesView[]} lines
 *
 * @typedef {object} LinesView  the lines of one x2many field
 * @property {string} field
 * @property {string} model
 * @property {string} [inverse]  the field that names the record they are of
 * @property {unknown[]} domain
 */

/** Change with every write, though no message names them. */
const CHANGES_ALWAYS = ["write_date", "write_uid"];

/**
 * What to draw of a frame, and what only Odoo can tell: the fields it names without their value, those that are not
 * drawn as they are sent, and those that are computed at each reading and do not travel.
 *
 * @param {{op: string, records: ({id: number} & Record<string, unknown>)[], changed_fields?: string[], reread?: string[]}} frame
 * @param {FormView} view
 * @returns {{values: Record<string, unknown>, read: string[]}}
 */
export function decideForm(frame, view) {
    const record = frame.records.find(({ id }) => id === view.id);
    if (!record) {
        return { values: {}, read: [] };
    }
    const reread = new Set(frame.reread);
    const named = new Set([...(frame.changed_fields ?? []), ...reread, ...CHANGES_ALWAYS]);
    const concerned = view.fields.filter(
        (name) =>
            frame.op !== "update" ||
            named.has(name) ||
            (name in record ? name === "display_name" : view.computed.has(name)),
    );
    const carried = (/** @type {string} */ name) => name in record && view.patchable.has(name) && !reread.has(name);
    return {
        values: Object.fromEntries(concerned.filter(carried).map((name) => [name, record[name]])),
        read: concerned.filter((name) => name !== "id" && !carried(name)),
    };
}

/**
 * The lines to show when both this user and somebody else have added and removed some.
 *
 * @template T
 * @param {T[]} base  the lines as Odoo last had them
 * @param {T[]} mine  what the user has made of them
 * @param {T[]} theirs  the lines as Odoo has them now
 * @returns {T[]} theirs without those that the user removed, and with those that they added, each after the line it
 *     was after
 */
export function mergeLines(base, mine, theirs) {
    const removed = new Set(base.filter((id) => !mine.includes(id)));
    const merged = theirs.filter((id) => !removed.has(id));
    mine.forEach((id, index) => {
        if (!base.includes(id) && !merged.includes(id)) {
            const above = mine.slice(0, index).findLast((other) => merged.includes(other));
            merged.splice(above === undefined ? (index === 0 ? 0 : merged.length) : merged.indexOf(above) + 1, 0, id);
        }
    });
    return merged;
}

/**
 * Whether a change of a line's model concerns these lines, when the bridge does not judge it.
 *
 * @param {{op: string, records: ({id: number} & Record<string, unknown>)[]}} frame
 * @param {number[]} ids  the lines on screen
 * @param {string | undefined} inverse  the field that names the record the line is of
 * @param {number | false} id  that record
 */
export function concernsLines(frame, ids, inverse, id) {
    return frame.records.some((line) => {
        const owner = /** @type {any} */ (inverse ? line[inverse] : undefined);
        return ids.includes(line.id) || (owner?.id ?? owner) === id;
    });
}
