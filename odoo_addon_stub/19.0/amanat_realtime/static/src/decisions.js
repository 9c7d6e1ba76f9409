/**
 * What a list knows about itself at one moment; `odoo19/describe.js` fills it in.
 *
 * @typedef {object} ListView
 * @property {string} model
 * @property {Set<number>} ids  records on screen
 * @property {string[]} fields  names of the fields it reads
 * @property {Set<string>} patchable  those whose value in a frame can be drawn as it is
 * @property {Set<string>} summed  those whose sums Odoo computes for group headers
 * @property {string[] | null} sort  fields that decide the order; null: not known
 * @property {string[]} filter  fields that decide whether a record belongs
 * @property {string[]} group  fields that decide into which group
 * @property {number[]} companies  those switched on
 * @property {boolean} complete  every record that belongs is on screen: one page, nothing filtered
 *
 * @typedef {object} Verdict
 * @property {boolean} patch  draw the values of the records on screen
 * @property {boolean} reread  read the page again
 */

/** Odoo hides archived records and other companies' records without saying so in the domain. */
const FILTERS_ALWAYS = ["active", "x_active", "company_id"];
/** Change with every write, though no message names them. */
const CHANGES_ALWAYS = ["write_date", "write_uid"];

/**
 * Whether the values of a frame are enough, or the order, the membership, a group header, or a value that
 * only Odoo can give may have changed as well.
 *
 * @param {{op: string, records: {id: number}[], changed_fields?: string[], reread?: string[]}} frame
 * @param {ListView} view
 * @returns {Verdict}
 */
export function decide(frame, view) {
    const known = frame.records.filter(({ id }) => view.ids.has(id));
    if (frame.op !== "update") {
        return { patch: known.length > 0, reread: true };
    }
    const changed = [...(frame.changed_fields ?? []), ...(frame.reread ?? []), ...CHANGES_ALWAYS];
    const seen = known.length > 0 ? changed.filter((name) => view.fields.includes(name)) : [];
    const unread = new Set(frame.reread);
    const drawable = (/** @type {string} */ name) =>
        view.patchable.has(name) && !unread.has(name) && known.every((record) => name in record);
    return {
        patch: known.length > 0,
        reread:
            view.sort === null ||
            changed.some((name) => placing(view).has(name)) ||
            (view.complete && known.length < frame.records.length) ||
            !seen.every(drawable) ||
            (view.group.length > 0 && changed.some((name) => view.summed.has(name))),
    };
}

/**
 * The fields to watch: those on screen, and those that place a record.
 *
 * @param {ListView} view
 * @returns {string[]} sorted, so that equal interest is equal text
 */
export function interest(view) {
    const places = [...(view.sort ?? []), ...view.filter, ...view.group];
    return [...new Set([...view.fields, ...places])].filter((name) => name !== "id").sort();
}

/**
 * Which of a record's values may be drawn. Only what changed: two transactions may have run side by side, and
 * the later one's message holds the earlier one's fields as they were before it.
 *
 * @param {{id: number} & Record<string, unknown>} record
 * @param {{changed_fields?: string[], reread?: string[]}} frame
 * @param {ListView} view
 * @returns {Record<string, unknown>}
 */
export function drawnValues(record, frame, view) {
    const unread = new Set(frame.reread);
    const names = [...(frame.changed_fields ?? []), "display_name", ...CHANGES_ALWAYS];
    const drawn = names.filter((name) => name in record && view.patchable.has(name) && !unread.has(name));
    return Object.fromEntries(drawn.map((name) => [name, record[name]]));
}

/**
 * Fields a domain looks at, of the model itself: `sender_id.country_id` is `sender_id`.
 *
 * @param {unknown[]} domain
 * @returns {string[]}
 */
export function domainFields(domain) {
    const leaves = domain.filter((part) => Array.isArray(part) && typeof part[0] === "string");
    return names(leaves.map((leaf) => /** @type {string[]} */ (leaf)[0] ?? ""));
}

/**
 * Field names out of `date:month`, `sender_id.country_id` and the like.
 *
 * @param {string[]} paths
 * @returns {string[]}
 */
export function names(paths) {
    return [...new Set(paths.map((path) => path.split(/[.:]/)[0] ?? ""))].filter(Boolean);
}

/** @param {ListView} view */
function placing({ sort, filter, group }) {
    return new Set([...(sort ?? []), ...filter, ...group, ...FILTERS_ALWAYS]);
}
