import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { parseServerValue } from "@web/model/relational_model/utils";
import { canKeepMine, canTakeTheirs } from "./guarded_request.js";

/**
 * What the user is asked: whose values should be, or whether to go on.
 *
 * @param {import("./guarded_request.js").Refusal} refusal
 * @param {any[]} records  on screen
 */
export function question(refusal, records) {
    const byId = new Map(records.map((record) => [record.resId, record]));
    return refusal.kind === "stale" ? staleQuestion(refusal, byId) : conflictQuestion(refusal, byId);
}

function conflictQuestion(refusal, byId) {
    const sentences = refusal.records.map((found) => happened(found));
    const cells = (record, name, { base, theirs }) => [
        text(record, name, base),
        text(record, name, theirs),
        valueText(record, name, record.data[name]),
    ];
    return {
        title: _t("Other values were saved meanwhile"),
        sentences: [...new Set(sentences)],
        columns: [_t("Field"), _t("Original"), _t("Theirs"), _t("Mine")],
        rows: rowsOf(refusal.records, byId, cells, 3),
        buttons: [
            ...(canKeepMine(refusal) ? [{ text: _t("Keep mine"), answer: "mine" }] : []),
            ...(canTakeTheirs(refusal) ? [{ text: _t("Take theirs"), answer: "theirs" }] : []),
            { text: _t("Go back"), answer: "back" },
        ],
    };
}

function staleQuestion(refusal, byId) {
    const isGone = refusal.records.some(({ gone }) => gone);
    const cells = (record, name, { base, theirs }) => [text(record, name, base), text(record, name, theirs)];
    return {
        title: _t("This has changed meanwhile"),
        sentences: isGone ? [_t("This record has been deleted.")] : [_t("Go on with the values as they are now?")],
        columns: [_t("Field"), _t("Shown to you"), _t("Now")],
        rows: rowsOf(refusal.records, byId, cells, 2),
        buttons: [
            ...(isGone ? [] : [{ text: _t("Go on"), answer: "mine" }]),
            { text: _t("Look at it first"), answer: "back" },
        ],
    };
}

function happened({ gone, own, by }) {
    if (gone) {
        return _t("This record has been deleted. What you typed is still on the screen.");
    }
    if (own) {
        return _t("You have saved other values in another tab.");
    }
    return by
        ? _t("%s has saved other values in the meantime.", by)
        : _t("Another user has saved other values in the meantime.");
}

function rowsOf(found, byId, cells, width, prefix = "") {
    return found.flatMap(({ id, fields = {}, gone, new: isNew }) => {
        const record = byId.get(id);
        const named = byId.size > 1 || prefix ? `${prefix}${nameOf(record)} › ` : "";
        if (gone || isNew) {
            const what = gone ? _t("deleted") : _t("added");
            return prefix ? [{ label: named || prefix, cells: [what, ...Array(width - 1).fill("")].map(String) }] : [];
        }
        return !record ? [] : Object.entries(fields).flatMap(([name, field]) => {
            const label = named + record.fields[name].string;
            if (field.lines) {
                const lines = new Map(Object.values(record.data[name]._cache).map((line) => [line.resId, line]));
                return rowsOf(field.lines, lines, cells, width, `${label} › `);
            }
            return [{ label, cells: cells(record, name, field) }];
        });
    });
}

function nameOf(record) {
    return record ? record.data.display_name || record.data.name || "" : "";
}

function text(record, name, value) {
    const field = record.fields[name];
    if (field.type === "many2one") {
        return (value && value.display_name) || "";
    }
    return value === undefined ? "" : valueText(record, name, parseServerValue(field, structuredClone(value)));
}

function valueText(record, name, value) {
    const field = record.fields[name];
    const format = registry.category("formatters").get(field.type, String);
    return String(format(value, { field, data: record.data }) ?? "");
}
