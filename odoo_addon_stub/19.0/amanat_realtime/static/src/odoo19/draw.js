import { inOrder, isPlain } from "../row_order.js";
import { isWhole, onScreen } from "./describe.js";
import { isWritten, keepInPlace, keepStill, settled, show } from "./merge.js";
import { applyValues } from "./values.js";

/**
 * Does with the rows what the steps say, and leaves to a reading of the page what cannot be told from their values.
 *
 * @param {import("./lists.js").MergedList} list
 * @param {Map<number, import("../steps.js").Step>} steps
 * @param {import("../live_list.js").Drawn} drawn
 */
export async function drawSteps({ model, describe, isStill }, steps, drawn) {
    const { root } = model;
    const { orderBy } = describe();
    for (const record of root.records) {
        const step = steps.get(record.resId);
        if (step && !step.gone) {
            applyValues(record, step.values, drawn);
        }
    }
    const whole = isWhole(model);
    for (const list of flatLists(root)) {
        await removeRows(list, steps, drawn);
    }
    const known = new Set(root.records.map((record) => record.resId));
    const coming = [...steps].filter(([id, step]) => step.insert && !known.has(id));
    if (coming.length || hasMoved(orderBy, drawn)) {
        const next = whole && isPlain(orderBy, onScreen(root)) ? ordered(root, coming, orderBy) : undefined;
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

/** Whether a value that decides the order was drawn. */
function hasMoved(orderBy, drawn) {
    const sort = orderBy.map(({ name }) => name);
    return [...drawn.changed.values()].some((names) => names.some((name) => sort.includes(name)));
}

/** The rows, and those that come, as the order wants them; nothing when that cannot be told. */
function ordered(root, coming, orderBy) {
    const added = coming.map(([id, { values }]) => root._createRecordDatapoint({ ...values, id }));
    const saved = root.records.filter((record) => record.resId);
    const valueOf = (record, name) => (name === "id" ? record.resId : record.data[name]);
    return inOrder([...saved, ...added], orderBy, onScreen(root), valueOf);
}

async function place(root, next, drawn, isStill) {
    const known = new Set(root.records);
    const added = next.filter((record) => !known.has(record));
    drawn.added.push(...added.map((record) => record.resId));
    root.count += added.length;
    keepInPlace(root.records, next, drawn);
    keepStill(root, isStill() ? [] : undefined, drawn);
    await show(root, "records", settled(root, "records", next, drawn), isWritten, drawn);
}
