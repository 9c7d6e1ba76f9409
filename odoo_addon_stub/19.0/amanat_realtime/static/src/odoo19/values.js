import { parseServerValue } from "@web/model/relational_model/utils";

const X2MANY = ["one2many", "many2many"];

/** Applies the values that differ from what the record was last read with; what the user changed stays. */
export function applyValues(record, values, drawn) {
    const differing = Object.keys(values).filter((name) => record.activeFields[name] && differs(record, name, values[name]));
    const waiting = differing.filter((name) => mustWait(record, name));
    const applied = differing.filter((name) => !waiting.includes(name));
    drawn.held ||= waiting.length > 0;
    if (applied.length) {
        record._applyValues(Object.fromEntries(applied.map((name) => [name, values[name]])));
        drawn.changed.set(record.resId, [...(drawn.changed.get(record.resId) ?? []), ...applied]);
        drawn.marks.cells(record.resModel, record.resId, applied);
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

export function differs(record, name, value) {
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

export function sameValue(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
}
