import { inOrder, isPlain, mayBeUnset } from "../row_order.js";
import { idOf, isFirst, isWhole, onScreen } from "./describe.js";
import { isWritten, keepInPlace, keepStill, settled, show } from "./merge.js";
import { applyValues } from "./values.js";

/**
 * Does with the rows what the steps say, and leaves to a reading of the page what cannot be told from their values.
 *
 * @param {import("./lists.js").MergedList} list
 * @param {Map<number, import("../steps.js").Step>} steps
 * @param {ReturnType<typeof import("./merge.js").emptyDrawing>} drawn
 * @param {boolean} waits  rows are left out, or are where they were
 */
export async function drawSteps({ model, describe, isStill }, steps, drawn, waits) {
    const { root } = model;
    const { orderBy } = describe();
    const sort = orderBy.map(({ name }) => name);
    const sorts = ({ values }) => sort.some((name) => name in values);
    const page = [...steps.values()].some((step) => step.insert || sorts(step)) && !waits ? orderedPage(model, orderBy) : undefined;
    for (const record of root.records) {
        const step = steps.get(idOf(record));
        if (step && !step.gone) {
            applyValues(record, step.values, drawn);
        }
    }
    const going = [...steps.values()].some(({ gone }) => gone); // where nothing goes, all is done before Odoo renders
    for (const list of going ? flatLists(root) : []) {
        await removeRows(list, steps, drawn);
    }
    const known = new Set(root.records.map(idOf));
    const unseen = [...steps].filter(([id]) => !known.has(id));
    if (!root.hasLimitedCount) {
        root.count += unseen.reduce((sum, [, { counts }]) => sum + counts, 0);
    }
    drawn.again ||= unseen.some(([, step]) => !step.insert && !step.gone && sorts(step)); // what was read meanwhile is without it
    const coming = unseen.filter(([, { insert }]) => insert);
    const moved = root.records.filter((record) => drawn.changed.get(idOf(record))?.some((name) => sort.includes(name)));
    if (coming.length || moved.length) {
        const next = page && ordered(root, { coming, moved, orderBy, ...page });
        drawn.again ||= !next;
        if (next) {
            await place(root, next, drawn, isStill);
        }
    }
}

/** The lists that hold rows: the root, or those of its unfolded groups. */
function flatLists(list) {
    return list.groups ? list.groups.flatMap((group) => flatLists(group.list)) : [list];
}

/** A row that somebody writes in stays until they have finished. */
async function removeRows(list, steps, drawn) {
    const going = list.records.filter((record) => steps.get(record.resId)?.gone);
    if (!going.length) {
        return;
    }
    const kept = going.filter(isWritten);
    for (const record of kept) {
        drawn.held = true;
        const name = record.data.display_name || record.data.name || "";
        drawn.kept.push({ id: record.resId, name, gone: steps.get(record.resId).gone });
    }
    const stay = list.records.filter((record) => !going.includes(record) || kept.includes(record));
    list.count -= list.records.length - stay.length;
    await show(list, "records", stay, isWritten, drawn);
}

/**
 * The page before anything is drawn, if its rows are in the order that their values say. They are not where their user has saved
 * a value that decides the order: Odoo leaves such a row where it was.
 *
 * @returns {{end: object | undefined} | undefined} end: the last row as it is now, which what the next page holds comes after;
 *     none where there is no next page
 */
function orderedPage(model, orderBy) {
    const { root } = model;
    const fields = onScreen(root);
    const saved = root.records.filter(({ resId }) => resId);
    const order = isFirst(model) && isPlain(orderBy, fields) && inOrder(saved, orderBy, fields, valueOf);
    if (!order || order.some((row, index) => row !== saved[index])) {
        return undefined;
    }
    const last = saved.at(-1);
    const end = last && { resId: last.resId, data: Object.fromEntries(orderBy.map(({ name }) => [name, last.data[name]])) };
    return { end: isWhole(model) ? undefined : end };
}

function valueOf(record, name) {
    return name === "id" ? record.resId : record.data[name];
}

/**
 * The rows, and those that come, as the order wants them, as many as the page holds; nothing when that cannot be told.
 *
 * @param {any} root
 * @param {{coming: [number, import("../steps.js").Step][], moved: any[], end: any, orderBy: import("../row_order.js").OrderTerm[]}} order
 *     end: of a page that is not the last one
 */
function ordered(root, { coming, moved, end, orderBy }) {
    const fields = onScreen(root);
    const sort = (rows) => inOrder(rows, orderBy, fields, valueOf);
    const isBeforeEnd = (row) => (end ? sort([row, end])?.[0] === row : true);
    const added = coming.map(([id, { values }]) => root._createRecordDatapoint({ ...values, id }));
    const here = added.filter(isBeforeEnd);
    const beyond = added.filter((row) => !here.includes(row));
    const saved = root.records.filter((record) => record.resId);
    const still = saved.filter((record) => !moved.includes(record));
    const unset = mayBeUnset(still, [...moved, ...added], orderBy, fields, valueOf);
    if (unset || !moved.every(isBeforeEnd) || !beyond.every((row) => sort([row, end]))) {
        return undefined;
    }
    return sort([...saved, ...here])?.slice(0, root.limit);
}

async function place(root, next, drawn, isStill) {
    const known = new Set(root.records);
    const added = next.filter((record) => !known.has(record));
    drawn.added.push(...added.map((record) => record.resId));
    keepInPlace(root.records, next, drawn);
    const further = root.records.filter((record) => !next.includes(record));
    keepStill(root, isStill() ? { arriving: [], further } : undefined, drawn);
    await show(root, "records", settled(root, "records", next, drawn), isWritten, drawn);
}
