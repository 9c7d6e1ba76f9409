import { toRaw } from "@odoo/owl";
import { arriving, idsIn, offPage } from "../list/places.js";
import { still } from "../list/still.js";
import { rowStages } from "../row_stages.js";
import { applyValues, sameValue } from "./values.js";

/**
 * What drawing does: as {@link import("../live_list.js").Drawn} says, the fields that changed by record, and the records that come.
 *
 * @param {import("../live_list.js").Marking} [marks]
 */
export function emptyDrawing(marks) {
    return { marks, changed: new Map(), added: [], held: false, kept: [], again: false };
}

/** Rows that their user has saved out of the list, and not left yet. @type {WeakSet<object>} */
export const lingering = new WeakSet();

/** A model that reads without a sign of loading, and without a dialog when Odoo answers with an error. */
export function silently(model) {
    const bare = toRaw(model);
    return Object.create(bare, { orm: { value: bare.orm.silent, writable: true } });
}

/**
 * Reads what the root shows with the root's own loader, unseen by the user, and merges it. Dropped when the
 * user has meanwhile searched, sorted or paged, or holds what would move.
 *
 * @param {any} model
 * @param {import("../live_list.js").Drawn} drawn
 * @param {{isHeld?: () => boolean, isStill?: () => boolean, keepsEmpty?: boolean}} [options]  isStill: what comes or moves waits; keepsEmpty: groups
 *     in which nothing is left stay, as they do when Odoo reads anew
 */
export async function rereadRoot(model, drawn, { isHeld, isStill, keepsEmpty } = {}) {
    const { root } = model;
    const { loadId } = root.config;
    const reader = silently(model);
    const config = { ...root.config };
    if (!keepsEmpty) {
        delete config.currentGroups; // else groups that are gone come back empty
    }
    const grouped = config.groupBy.length > 0;
    const data = await (grouped ? reader._loadGroupedList(config) : reader._loadUngroupedList(config));
    const further = isStill?.() ? await furtherOn(reader.orm, root, data) : [];
    if (model.root.id !== root.id || root.config.loadId !== loadId) {
        return "superseded";
    }
    if (model.useSampleModel) {
        if (idsIn(data).length) {
            await root._leaveSampleMode();
        }
        return "done";
    }
    if (isHeld?.()) {
        drawn.again = true;
        return "superseded";
    }
    if (isStill) {
        keepStill(root, isStill() ? { arriving: arriving(root, data), further } : undefined, drawn);
    }
    if (grouped) {
        Object.assign(root.config, { groups: config.groups, currentGroups: config.currentGroups });
        await mergeGroups(root, data, drawn);
        return "done";
    }
    if (!data.records.length && root.offset && !root.editedRecord) {
        return "page gone";
    }
    await mergeRecords(root, data, drawn);
    return "done";
}

async function mergeGroups(list, data, drawn) {
    const before = new Map(list.groups.map((group) => [JSON.stringify(group.value), group]));
    const next = [];
    for (const groupData of data.groups) {
        const group = before.get(JSON.stringify(groupData.value));
        next.push(group ?? list._createGroupDatapoint(groupData));
        if (group) {
            await mergeGroup(group, groupData, drawn);
        }
    }
    const coming = next.filter((group) => !list.groups.includes(group));
    drawn.added.push(...coming.flatMap((group) => group.list.records.map((record) => record.resId)));
    const some = (which) => (group) => group.list.records.some(which);
    keepInPlace(list.groups, next, drawn, some(mustStay));
    await show(list, "groups", settled(list, "groups", next, drawn), some(isWritten), drawn);
    list.count = data.length;
}

async function mergeGroup(group, data, drawn) {
    if (!sameValue(group.aggregates, data.aggregates)) {
        group.aggregates = data.aggregates;
    }
    Object.assign(group, { count: data.count, displayName: data.displayName });
    if (group.isFolded) {
        return;
    }
    if (group.list.isGrouped) {
        await mergeGroups(group.list, { groups: data.groups, length: data.length }, drawn);
    } else {
        await mergeRecords(group.list, { records: data.records, length: data.length }, drawn);
        group._useGroupCountForList?.();
    }
}

async function mergeRecords(list, data, drawn) {
    const before = new Map(list.records.filter((record) => record.resId).map((record) => [record.resId, record]));
    const next = data.records.map((values) => {
        const record = before.get(values.id);
        if (record) {
            applyValues(record, values, drawn);
        }
        return record ?? addedRecord(list, values, drawn);
    });
    keepInPlace(list.records, next, drawn);
    await show(list, "records", settled(list, "records", next, drawn), isWritten, drawn);
    list._updateCount(data);
}

/** The rows or groups to show: where nothing may come or move, those that are there. */
export function settled(list, items, next, drawn) {
    if (!drawn.still) {
        return next;
    }
    const { waiting, still: { shown, arriving, further } } = drawn;
    const stays = (/** @type {any} */ item) => idsOf(item).some((id) => arriving.includes(id));
    const { rows, coming, moved } = still(list[items], next, { limit: list.limit, stays, isFurther: (row) => further.includes(row) });
    coming.flatMap(idsOf).forEach((id) => (shown.includes(id) ? waiting.moved : waiting.coming).add(id));
    moved.flatMap(idsOf).forEach((id) => waiting.moved.add(id));
    drawn.added = drawn.added.filter((id) => !waiting.coming.has(id) && !waiting.moved.has(id));
    return rows;
}

/**
 * From here on nothing comes or moves, or everything does that waits.
 *
 * @param {any} root
 * @param {{arriving: number[], further: object[]} | undefined} outside  where nothing may come or move: the records that are to
 *     be shown where they are not yet, and the rows that are on one of the next pages
 * @param {import("../live_list.js").Drawn} drawn
 */
export function keepStill(root, outside, drawn) {
    drawn.waiting = { coming: new Set(), moved: new Set() };
    drawn.still = outside && { ...outside, shown: root.records.map(({ resId }) => resId) };
}

/** Which of the rows that are no longer on their page are on a later one: only Odoo knows. */
async function furtherOn(orm, root, data) {
    const further = [];
    for (const [{ config: { resModel, domain, context } }, rows] of offPage(root, data)) {
        const there = await orm.search(resModel, [...domain, ["id", "in", rows.map(({ resId }) => resId)]], { context });
        further.push(...rows.filter(({ resId }) => there.includes(resId)));
    }
    return further;
}

/** The record of a row, those in a group, or a group that shows none. */
function idsOf({ list, resId, id }) {
    const rows = list ? list.records.map((record) => record.resId) : [resId];
    return rows.length ? rows : [id];
}

function addedRecord(list, values, drawn) {
    const record = list._createRecordDatapoint(values);
    record.selected = list.isDomainSelected;
    drawn.added.push(values.id);
    return record;
}

/** Puts rows or groups in their new order, in stages when the user is writing in one of them. */
export async function show(list, items, next, isEdited, drawn) {
    const stages = rowStages([...list[items]], next, list[items].find(isEdited));
    drawn.added.splice(0).forEach((id) => drawn.marks.row(list.resModel, id));
    for (const [index, stage] of stages.entries()) {
        if (index > 0) {
            await rendered();
            if (!sameItems(list[items], stages[index - 1])) {
                drawn.again = true; // the user has meanwhile added or dropped a row
                return;
            }
        }
        list[items] = stage;
    }
}

/** Owl draws in the next animation frame; a tab that was hidden meanwhile has none. */
function rendered() {
    return new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
        setTimeout(resolve, 200);
    });
}

/** A row that the user is at stays where it is, even when it no longer belongs there, or at all. */
function mustStay(record) {
    return isWritten(record) || lingering.has(toRaw(record));
}

/** Nothing may move the row that the user is writing in. */
export function isWritten(record) {
    return record.isInEdition || record.isNew;
}

export function keepInPlace(before, next, drawn, stays = mustStay) {
    for (const item of before.filter((item) => stays(item) && !keepsNeighbour(item, before, next))) {
        const belongs = next.indexOf(item);
        if (belongs >= 0) {
            next.splice(belongs, 1);
        }
        const index = before.indexOf(item);
        next.splice(index === before.length - 1 ? next.length : Math.min(index, next.length), 0, item);
        drawn.held = true;
    }
}

/** Whether an item is still beside one of those it was beside: then others have moved, not the item. */
function keepsNeighbour(item, before, next) {
    const [was, is] = [before.indexOf(item), next.indexOf(item)];
    return is >= 0 && [-1, 1].some((side) => before[was + side]?.id === next[is + side]?.id);
}

function sameItems(before, next) {
    return before.length === next.length && next.every((item, index) => item.id === before[index].id);
}
