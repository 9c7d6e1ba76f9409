/**
 * Everything of Odoo 19's web client that is not a public interface, in one place: what the rest of this
 * folder needs is tested for at start, and a list that cannot be changed in place is reloaded instead.
 */
import { toRaw, onMounted, onWillUnmount, useEffect, useState } from "@odoo/owl";
import { rpc, RPCError, ConnectionLostError } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";
import { DynamicGroupList } from "@web/model/relational_model/dynamic_group_list";
import { DynamicRecordList } from "@web/model/relational_model/dynamic_record_list";
import { Record } from "@web/model/relational_model/record";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { parseServerValue } from "@web/model/relational_model/utils";
import { ListController } from "@web/views/list/list_controller";
import { ListRenderer } from "@web/views/list/list_renderer";
import { domainFields, names } from "./decisions.js";
import { cellClass, rowClass } from "./highlights.js";
import { rowStages } from "./row_stages.js";
import { savedRecords } from "./saved_records.js";

/** @typedef {any} RelationalModel  the model behind one of Odoo's list views */

const DRAWN_AS_SENT = ["char", "text", "html", "integer", "float", "monetary", "boolean", "selection", "date", "datetime", "many2one"];
const SUMMED = ["integer", "float", "monetary"];
const X2MANY = ["one2many", "many2many"];

/** @returns {import("./live_list.js").Drawn} */
function emptyDrawing() {
    return { changed: new Map(), added: [], held: false, again: false };
}

/** @returns {string[]} what this adapter relies on and does not find; a list is then reloaded, not merged */
export function missingForMerging() {
    return missing([
        [RelationalModel, ["_loadUngroupedList", "_loadGroupedList"]],
        [DynamicRecordList, ["_createRecordDatapoint", "_updateCount"]],
        [DynamicGroupList, ["_createGroupDatapoint"]],
        [Record, ["_applyValues", "_formatServerValue"]],
        [{ name: "utils", prototype: { parseServerValue } }, ["parseServerValue"]],
    ]);
}

/** @returns {string[]} what is missing for being live at all */
export function missingForWatching() {
    return missing([
        [ListController, ["setup"]],
        [ListRenderer, ["setup", "getRowClass", "getCellClass"]],
        [RelationalModel, ["_loadData"]],
        [{ name: "rpc", prototype: rpc }, ["_rpc"]],
    ]);
}

function missing(expectations) {
    return expectations.flatMap(([owner, methods]) =>
        methods
            .filter((method) => typeof owner?.prototype?.[method] !== "function")
            .map((method) => `${owner?.name}.${method}`)
    );
}

/** Whether Odoo answered with an error or could not be reached, as opposed to this adapter being wrong. */
export function isOdooError(error) {
    return error instanceof RPCError || error instanceof ConnectionLostError;
}

/**
 * Sends this tab's name with every RPC, and says which records each is about to save. A header, because a key
 * in the context would make each tab's answers uncacheable.
 *
 * @param {string} origin
 * @param {(model: string, ids: number[]) => void} onSave
 */
export function markRequests(origin, onSave) {
    const original = rpc._rpc;
    rpc._rpc = function (url, params, settings = {}) {
        if (new URL(url, location.href).origin !== location.origin) {
            return original.call(this, url, params, settings);
        }
        const saved = savedRecords(url, params);
        if (saved) {
            onSave(saved.model, saved.ids);
        }
        const headers = { ...settings.headers, "X-Amanat-Origin": origin };
        return original.call(this, url, params, { ...settings, headers });
    };
}

/** @returns {Promise<any>} the answer of `/amanat_realtime/token`, without a sign of loading */
export function requestToken() {
    return rpc("/amanat_realtime/token", {}, { silent: true });
}

/**
 * Tells of every list view that comes to the screen.
 *
 * @param {object} follower
 * @param {(model: RelationalModel) => ListHooks} follower.open
 *
 * @typedef {object} ListHooks
 * @property {(wholePage: boolean) => () => void} reading  Odoo begins to read; what is returned is called when
 *     the answer is there
 * @property {() => string} interest
 * @property {() => void} interestChanged
 * @property {() => void} mounted
 * @property {() => void} released  the user edits or selects something else, or nothing any more
 * @property {() => void} closed
 */
export function followLists(follower) {
    /** @type {WeakMap<RelationalModel, ListHooks>} */
    const lists = new WeakMap();
    followReads(lists);
    patch(ListController.prototype, {
        setup() {
            super.setup(...arguments);
            const model = toRaw(this.model);
            const list = follower.open(model);
            lists.set(model, list);
            onMounted(list.mounted);
            onWillUnmount(list.closed);
            useEffect(list.interestChanged, () => [list.interest()]);
            useEffect(list.released, () => {
                const { root } = this.model;
                return [root?.editedRecord?.id, root?.selection?.length];
            });
        },
    });
}

/**
 * A search reads outside the model's mutex: what is drawn meanwhile goes into rows that its answer replaces.
 *
 * @param {WeakMap<RelationalModel, ListHooks>} lists
 */
function followReads(lists) {
    patch(RelationalModel.prototype, {
        _loadData(config, cache) {
            const answered = lists.get(toRaw(this))?.reading(Boolean(config.isRoot));
            if (!answered) {
                return super._loadData(...arguments);
            }
            const reading = super._loadData(config, cache && tellingUpdates(cache, answered));
            reading.then(answered, () => {});
            return reading;
        },
    });
}

/** A cache that answers at once calls back when Odoo's own answer differs. */
function tellingUpdates(cache, answered) {
    const callback = async (result, hasChanged) => {
        await cache.callback?.(result, hasChanged);
        if (hasChanged) {
            answered();
        }
    };
    return { ...cache, callback };
}

/** @param {import("./highlights.js").Marks} marks  reactive */
export function drawHighlights(marks) {
    patch(ListRenderer.prototype, {
        setup() {
            super.setup(...arguments);
            this.amanatMarks = useState(marks);
        },
        getRowClass(record) {
            return joined(super.getRowClass(record), rowClass(this.amanatMarks, record));
        },
        getCellClass(column, record) {
            return joined(super.getCellClass(column, record), cellClass(this.amanatMarks, record, column.name));
        },
    });
}

function joined(classes, more) {
    return more ? `${classes} ${more}` : classes;
}

/**
 * @param {RelationalModel} model
 * @param {(model: string) => string[] | null} defaultOrder
 * @returns {import("./decisions.js").ListView}
 */
function describe(model, defaultOrder) {
    const { root } = model;
    const { activeFields, fields, resModel } = root;
    const { orderBy = [], domain = [], groupBy = [] } = root.config;
    const read = Object.keys(activeFields).filter((name) => !fields[name].relatedPropertyField);
    const ids = new Set(root.records.map((record) => record.resId).filter(Boolean));
    const filter = domainFields(domain);
    return {
        model: resModel,
        ids,
        fields: read,
        patchable: new Set(read.filter((name) => isDrawnAsSent(activeFields[name], fields[name]))),
        summed: new Set(read.filter((name) => SUMMED.includes(fields[name].type))),
        sort: orderBy.length ? names(orderBy.map(({ name }) => name)) : defaultOrder(resModel),
        filter,
        group: names(groupBy),
        companies: root.context.allowed_company_ids ?? user.context.allowed_company_ids ?? [],
        complete: !groupBy.length && !filter.length && !root.offset && root.count <= ids.size,
    };
}

/** A many2one whose widget reads more than the name is not in the frame as a whole. */
function isDrawnAsSent(activeField, { type }) {
    const more = Object.keys(activeField.related?.activeFields ?? {}).filter((name) => name !== "display_name");
    return DRAWN_AS_SENT.includes(type) && more.length === 0;
}

/** A list whose rows are changed in place: nothing the user does is disturbed. */
export class MergedList {
    /**
     * @param {RelationalModel} model
     * @param {(model: string) => string[] | null} defaultOrder
     */
    constructor(model, defaultOrder) {
        this.model = model;
        this.describe = () => describe(model, defaultOrder);
    }

    async patch(take, show) {
        await this.model.whenReady;
        await this.model.mutex.exec(() => {
            const drawn = emptyDrawing();
            const values = take();
            for (const record of this.model.root.records) {
                if (values.has(record.resId)) {
                    applyValues(record, values.get(record.resId), drawn);
                }
            }
            show(drawn);
        });
    }

    async reread() {
        await this.model.whenReady;
        const drawn = emptyDrawing();
        const outcome = await this.model.mutex.exec(() => rereadRoot(this.model, drawn));
        if (outcome === "page gone") {
            await this.model.root.load({ offset: 0 });
        }
        return drawn;
    }
}

/** A list that can only be reloaded; done when the user is neither editing nor selecting. */
export class ReloadedList {
    /**
     * @param {RelationalModel} model
     * @param {(model: string) => string[] | null} defaultOrder
     */
    constructor(model, defaultOrder) {
        this.model = model;
        this.describe = () => ({ ...describe(model, defaultOrder), patchable: new Set() });
    }

    async patch(take) {
        take();
    }

    async reread() {
        await this.model.whenReady;
        const { root } = this.model;
        if (root.editedRecord || root.selection.length) {
            return { ...emptyDrawing(), held: true };
        }
        await root.load();
        return emptyDrawing();
    }
}

/**
 * Reads what the root shows with the root's own loader, unseen by the user, and merges it. Dropped when the
 * user has meanwhile searched, sorted or paged.
 */
async function rereadRoot(model, drawn) {
    const { root } = model;
    if (model.useSampleModel) {
        await root._leaveSampleMode();
        return "done";
    }
    const { loadId } = root.config;
    const reader = Object.create(model, { orm: { value: model.orm.silent, writable: true } });
    const config = { ...root.config };
    delete config.currentGroups; // else groups that are gone come back empty
    const grouped = config.groupBy.length > 0;
    const data = await (grouped ? reader._loadGroupedList(config) : reader._loadUngroupedList(config));
    if (model.root.id !== root.id || root.config.loadId !== loadId) {
        return "superseded";
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
        next.push(group ?? addedGroup(list, groupData, drawn));
        if (group) {
            await mergeGroup(group, groupData, drawn);
        }
    }
    const isEdited = (group) => group.list.records.some(mustStay);
    keepInPlace(list.groups, next, list.groups.filter(isEdited), drawn);
    await show(list, "groups", next, isEdited, drawn);
    list.count = data.length;
}

function addedGroup(list, data, drawn) {
    const group = list._createGroupDatapoint(data);
    drawn.added.push(...group.list.records.map((record) => record.resId));
    return group;
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
    keepInPlace(list.records, next, list.records.filter(mustStay), drawn);
    await show(list, "records", next, mustStay, drawn);
    list._updateCount(data);
}

function addedRecord(list, values, drawn) {
    const record = list._createRecordDatapoint(values);
    record.selected = list.isDomainSelected;
    drawn.added.push(values.id);
    return record;
}

/** Puts rows or groups in their new order, in stages when the user is writing in one of them. */
async function show(list, items, next, isEdited, drawn) {
    const stages = rowStages([...list[items]], next, list[items].find(isEdited));
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

/** A row that the user is writing in stays where it is, even when it no longer belongs there, or at all. */
function mustStay(record) {
    return record.isInEdition || record.isNew;
}

function keepInPlace(before, next, kept, drawn) {
    for (const item of kept.filter((item) => !keepsNeighbour(item, before, next))) {
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

/** Applies the values that differ from what the record was last read with; what the user changed stays. */
function applyValues(record, values, drawn) {
    const differing = Object.keys(values).filter((name) => record.activeFields[name] && differs(record, name, values[name]));
    const waiting = differing.filter((name) => mustWait(record, name));
    const applied = differing.filter((name) => !waiting.includes(name));
    drawn.held ||= waiting.length > 0;
    if (applied.length) {
        record._applyValues(Object.fromEntries(applied.map((name) => [name, values[name]])));
        drawn.changed.set(record.resId, [...(drawn.changed.get(record.resId) ?? []), ...applied]);
    }
}

/** Lines being edited would be lost, and a many2one input with the focus keeps its old text over the new value. */
function mustWait(record, name) {
    if (!record.isInEdition) {
        return false;
    }
    const { type } = record.fields[name];
    return X2MANY.includes(type) ? name in record._changes : type === "many2one" && focusedField() === name;
}

function focusedField() {
    return document.activeElement?.closest(".o_data_row .o_field_widget[name]")?.getAttribute("name");
}

function differs(record, name, value) {
    const field = record.fields[name];
    const before = record._values[name];
    if (X2MANY.includes(field.type)) {
        return linesDiffer(before, value);
    }
    if (field.type === "many2one") {
        return [...Object.keys(value || {}), "id"].some((key) => !sameValue(before?.[key], (value || {})[key]));
    }
    const after = parseServerValue(field, structuredClone(value));
    return !sameValue(record._formatServerValue(field.type, before), record._formatServerValue(field.type, after));
}

function linesDiffer(list, value) {
    const rows = value.map((row) => (typeof row === "number" ? { id: row } : row));
    return (
        !sameValue(list.currentIds, rows.map(({ id }) => id)) ||
        rows.some((row) => list._cache[row.id] && lineDiffers(list._cache[row.id], row))
    );
}

function lineDiffers(line, row) {
    return Object.keys(row).some((name) => line.activeFields[name] && differs(line, name, row[name]));
}

function sameValue(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
}
