import { toRaw } from "@odoo/owl";
import { mergeLines } from "../../form/form_decisions.js";
import { getFieldsSpec, getId } from "@web/model/relational_model/utils";
import { isTouched, touchesOf } from "./touches.js";
import { show } from "../merge.js";

/** Odoo's commands for lines. */
const [CREATE, DELETE, UNLINK, LINK, SET] = [0, 2, 3, 4, 6];

/** @type {WeakMap<object, import("../../form/touches.js").Who>}  by line */
const gone = new WeakMap();

/** @returns {import("../../form/touches.js").Who | undefined}  who has taken away a line while the user was changing it */
export function goneBy(line) {
    return gone.get(toRaw(line));
}

/**
 * Merges the lines of a field as Odoo has them now into those on screen. Nothing is replaced: lines that were there
 * stay the same objects, and so the one that the user types in.
 *
 * @param {any} list
 * @param {(number | ({id: number} & Record<string, unknown>))[]} answer
 * @param {import("../../form/touches.js").Who} who
 * @param {import("./values.js").Merged} merged
 * @param {typeof import("./values.js").mergeValues} mergeValues
 */
export async function mergeRows(list, answer, who, merged, mergeValues) {
    const rows = new Map(answer.map((row) => (typeof row === "number" ? [row, { id: row }] : [row.id, row])));
    await readFurther(list, rows);
    for (const [id, row] of rows) {
        if (list._cache[id]) {
            await mergeValues(list._cache[id], row, () => who, merged);
        }
    }
    const lost = list.resIds.filter((id) => !rows.has(id));
    for (const id of lost.filter((id) => isWrittenIn(list, id))) {
        gone.set(toRaw(list._cache[id]), who);
        makeNew(list, id);
    }
    const resIds = [...rows.keys()];
    const next = mergeLines(list.resIds, list.currentIds, resIds);
    if (same(next, list.currentIds) && same(resIds, list.resIds)) {
        return;
    }
    adjustCommands(list, new Set(resIds), new Set(lost));
    list.model._updateConfig(list.config, { resIds }, { reload: false });
    await place(list, next, rows);
}

/** Whether the user has changed something in a line that they have not removed. */
export function isWrittenIn({ _cache, currentIds }, id) {
    const line = _cache[id];
    return currentIds.includes(id) && line && touchesOf(line).names().some((name) => isTouched(line, name));
}

/** A line that is gone while the user writes in it is theirs from now on: the same row, but a new line to Odoo. */
function makeNew(list, id) {
    const line = list._cache[id];
    const virtualId = getId("virtual");
    line._virtualId = virtualId;
    list.model._updateConfig(line.config, { resId: false, resIds: [] }, { reload: false });
    delete list._cache[id];
    list._cache[virtualId] = line;
    list._currentIds = list.currentIds.map((other) => (other === id ? virtualId : other));
    list._commands = [...list._commands.filter(([, other]) => other !== id), [CREATE, virtualId]];
}

/** What is still to be sent: nothing for lines that are gone, and no link to what is linked. */
function adjustCommands(list, present, lost) {
    const replaced = list._commands.some(([command]) => command === SET);
    const kept = list._commands.filter(([command, id]) => command !== SET && !lost.has(id) && !(command === LINK && present.has(id)));
    if (replaced) {
        const mine = list.currentIds.filter(Number.isInteger);
        const added = mine.filter((id) => !list.resIds.includes(id) && !present.has(id));
        const removed = list.resIds.filter((id) => !mine.includes(id) && present.has(id));
        kept.push(...added.map((id) => [LINK, id]), ...removed.map((id) => [UNLINK, id]));
    }
    list._commands = kept;
}

async function place(list, next, rows) {
    list._currentIds = next;
    list.count = next.length;
    const edited = list.editedRecord;
    const last = edited ? next.indexOf(edited.resId || edited._virtualId) + 1 : 0;
    const limit = Math.max(list.limit, last - list.offset);
    list._tmpIncreaseLimit += limit - list.limit;
    list.model._updateConfig(list.config, { limit }, { reload: false });
    const page = next.slice(list.offset, list.offset + limit);
    for (const id of page.filter((id) => !list._cache[id] && isRead(list, rows.get(id)))) {
        list._createRecordDatapoint(rows.get(id));
    }
    const read = await readLines(list, page.filter((id) => !list._cache[id]));
    read.forEach((values) => list._createRecordDatapoint(values));
    const records = page.map((id) => list._cache[id]).filter(Boolean);
    const outcome = { added: [], again: false };
    await show(list, "records", records, (record) => record === list.editedRecord, outcome);
    if (outcome.again) {
        list.records = records; // rather the focus lost than a line
    }
}

/** With a record, Odoo reads the lines of the first page only and gives the ids of the others: reads those on screen. */
async function readFurther(list, rows) {
    const shown = list.records.map(({ resId }) => resId).filter((id) => rows.has(id));
    const unread = shown.filter((id) => list.fieldNames.length && Object.keys(rows.get(id)).length === 1);
    const read = await readLines(list, unread);
    read.forEach((row) => rows.set(row.id, row));
}

async function readLines({ model, resModel, activeFields, fields, evalContext, context }, ids) {
    const specification = getFieldsSpec(activeFields, fields, evalContext);
    return ids.length ? model.orm.silent.webRead(resModel, ids, { context: { bin_size: true, ...context }, specification }) : [];
}

function isRead(list, row) {
    return row && list.fieldNames.every((name) => name in row);
}

function same(one, other) {
    return one.length === other.length && one.every((id, index) => id === other[index]);
}

/** The line is the user's own now. */
export function keepLine(line) {
    gone.delete(toRaw(line));
}

/** The user gives up their line, which is no longer there. */
export async function dropLine(list, line) {
    gone.delete(toRaw(line));
    await list._applyCommands([[DELETE, line._virtualId]]);
}
