/**
 * What a list knows about itself at one moment; `odoo19/describe.js` fills it in.
 *
 * @typedef {object} ListView
 * @property {string} model
 * @property {Set<number>} ids  records on screen
 * @property {string[]} fields  names of the fields it reads
 * @property {Set<string>} patchable  those whose value in a frame can be drawn as it is
 * @property {Set<string>} summed  those whose sums Odoo computes for group headers
 * @property {unknown[] | null} domain  what it shows, archived records considered; null: it cannot be said
 * @property {string} order  as Odoo writes it; empty: the model's own
 * @property {string[] | null} sort  fields that decide the order; null: not known
 * @property {import("./row_order.js").OrderTerm[]} orderBy  the same with directions
 * @property {boolean} plain  the order can be told from the values on screen as Odoo would
 * @property {string[]} filter  fields that decide whether a record belongs
 * @property {string[]} group  fields that decide into which group
 * @property {number[]} companies  those switched on
 * @property {boolean} whole  what belongs is on this one page, and not in groups
 * @property {boolean} first  it shows the first of what belongs, if not all, and not in groups: what comes in before the last row pushes that off
 *
 * @typedef {object} Verdict
 * @property {boolean} draw  the frame is drawn: values, rows that come, rows that go
 * @property {boolean} place  a record that is not on screen is known to come or go: a row can be made of the frame's values, or there is one less
 * @property {number[]} read  records on screen of which Odoo must give the values
 * @property {boolean} page  read the page again
 */

/** Odoo hides archived records and other companies' records without saying so in the domain. */
const FILTERS_ALWAYS = ["active", "x_active", "company_id"];
/** Change with every write, though no message names them. */
const CHANGES_ALWAYS = ["write_date", "write_uid"];

/** @type {Record<string, (frame: any, view: ListView, filtered: boolean) => Verdict>} */
const DECISIONS = { create: arrived, update: changed, enter: arrived, leave: gone, delete: gone };

/**
 * Whether a frame is enough, or the order, the membership, a group header, or a value that only Odoo can give may
 * have changed as well.
 *
 * @param {{op: string, records: {id: number}[], changed_fields?: string[], reread?: string[]}} frame
 * @param {ListView} view
 * @param {boolean} filtered  the bridge judges the list's domain: a frame says what it means for this list
 * @returns {Verdict}
 */
export function decide(frame, view, filtered) {
    return DECISIONS[frame.op]?.(frame, view, filtered) ?? { draw: false, place: false, read: [], page: true };
}

/**
 * @param {any} frame
 * @param {ListView} view
 * @param {boolean} filtered
 * @returns {Verdict}
 */
function changed(frame, view, filtered) {
    const { known, strange } = sorted(frame, view);
    const names = [...(frame.changed_fields ?? []), ...(frame.reread ?? []), ...CHANGES_ALWAYS];
    const among = (/** @type {Iterable<string>} */ some) => names.some((name) => new Set(some).has(name));
    const drawable = names.filter((name) => view.fields.includes(name)).every((name) => carried(name, known, frame, view));
    const belongs = filtered ? view.group : [...view.filter, ...view.group, ...FILTERS_ALWAYS];
    const complete = view.whole && (filtered || view.filter.length === 0);
    const arranged = view.first && view.plain && drawable && strange.length === 0;
    const page =
        view.sort === null ||
        among(belongs) ||
        (among(view.sort) && !arranged) ||
        (complete && strange.length > 0) ||
        (view.group.length > 0 && among(view.summed));
    return { draw: known.length > 0, place: false, read: drawable || page ? [] : idsOf(known), page };
}

/**
 * A record that is new or came into sight. One that is on screen already may have changed in any field.
 *
 * @param {any} frame
 * @param {ListView} view
 * @param {boolean} filtered
 * @returns {Verdict}
 */
function arrived(frame, view, filtered) {
    const { known, strange } = sorted(frame, view);
    const drawable = view.fields.every((name) => carried(name, frame.records, frame, view));
    const fits = view.first && view.plain && drawable;
    const placed = view.sort !== null && view.sort.every((name) => name === "id" || carried(name, known, frame, view));
    const page = !filtered || view.group.length > 0 || (strange.length > 0 && !fits) || (known.length > 0 && !placed);
    return { draw: known.length > 0 || !page, place: !page, read: drawable || page ? [] : idsOf(known), page };
}

/**
 * What fills the page when a row goes is on the next one.
 *
 * @param {any} frame
 * @param {ListView} view
 * @param {boolean} filtered
 * @returns {Verdict}
 */
function gone(frame, view, filtered) {
    const isOnScreen = sorted(frame, view).known.length > 0;
    const counted = filtered && view.first && !view.whole && !isOnScreen;
    return { draw: isOnScreen || counted, place: counted, read: [], page: !view.whole && !counted };
}

/**
 * @param {{records: {id: number}[]}} frame
 * @param {ListView} view
 */
function sorted({ records }, { ids }) {
    return { known: records.filter(({ id }) => ids.has(id)), strange: records.filter(({ id }) => !ids.has(id)) };
}

/**
 * Whether a field's value in a frame is all that the list shows of it.
 *
 * @param {string} name
 * @param {object[]} records
 * @param {{reread?: string[]}} frame
 * @param {ListView} view
 */
function carried(name, records, frame, view) {
    return name === "id" || (view.patchable.has(name) && !frame.reread?.includes(name) && records.every((record) => name in record));
}

/** @param {{id: number}[]} records */
function idsOf(records) {
    return records.map(({ id }) => id);
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
 * Which of a record's values may be drawn. Of an update only what changed: two transactions may have run side by
 * side, and the later one's message holds the earlier one's fields as they were before it.
 *
 * @param {{id: number} & Record<string, unknown>} record
 * @param {{op: string, changed_fields?: string[], reread?: string[]}} frame
 * @param {ListView} view
 * @returns {Record<string, unknown>}
 */
export function drawnValues(record, frame, view) {
    const unread = new Set(frame.reread);
    const all = frame.op === "update" ? [...(frame.changed_fields ?? []), "display_name", ...CHANGES_ALWAYS] : view.fields;
    const drawn = all.filter((name) => name in record && view.patchable.has(name) && !unread.has(name));
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
 * Field names out of `date:month`, `sender_id.country_id`, `date desc` and the like.
 *
 * @param {string[]} paths
 * @returns {string[]}
 */
export function names(paths) {
    return [...new Set(paths.map((path) => path.split(/[.:\s]/)[0] ?? ""))].filter(Boolean);
}
