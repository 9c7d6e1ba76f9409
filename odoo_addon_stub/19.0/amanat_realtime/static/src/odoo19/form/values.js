import { markRaw, toRaw } from "@odoo/owl";
import { isTouched, isTyping, touchesOf } from "./touches.js";
import { mergeRows } from "./lines.js";
import { isFocused } from "./focus.js";
import { differs } from "../values.js";

export const X2MANY = ["one2many", "many2many"];
/** Their inputs keep the text that was typed to search, whatever the value becomes. */
const SEARCHED = ["many2one", "many2one_reference", "reference"];

/**
 * Draws what was saved: at once where the user has changed nothing, as a conflict where they have.
 *
 * @param {any} record  the form's, or a line's
 * @param {Record<string, unknown>} values  as Odoo's `web_read` gives them
 * @param {(name: string) => import("../../form/touches.js").Who} whoOf
 * @param {Merged} merged
 *
 * @typedef {{held: {record: any, name: string, value: unknown, who: any}[], changed: Map<any, string[]>}} Merged  what
 *     waits until the user leaves a field, and what was drawn
 */
export async function mergeValues(record, values, whoOf, merged) {
    const shown = Object.keys(values).filter((name) => record.activeFields[name] && !record.fields[name].relatedPropertyField);
    const drawn = {};
    for (const name of shown.filter((name) => X2MANY.includes(record.fields[name].type) || differs(record, name, values[name]))) {
        if (mustWait(record, name)) {
            merged.held.push({ record, name, value: values[name], who: whoOf(name) });
        } else if (X2MANY.includes(record.fields[name].type)) {
            await mergeRows(record.data[name], /** @type {any[]} */ (values[name]), whoOf(name), merged, mergeValues);
            record._setEvalContext();
            settleDirty(record);
        } else {
            drawn[name] = values[name];
        }
    }
    draw(record, drawn, whoOf, merged);
}

/** Synchronous: the user cannot touch anything between the question whether they have and the drawing. */
function draw(record, values, whoOf, merged) {
    const names = Object.keys(values);
    if (names.length === 0) {
        return;
    }
    for (const name of names.filter((name) => name in record._changes && !isTouched(record, name))) {
        dropChange(record, name); // an onchange set it
    }
    record._applyValues(values);
    for (const name of names.filter((name) => isTouched(record, name))) {
        const mine = isTyping(record, name) ? undefined : record.data[name];
        touchesOf(record).heard(name, toRaw(record)._values[name], mine, whoOf(name));
    }
    const shown = names.filter((name) => !isTouched(record, name));
    merged.changed.set(record, [...(merged.changed.get(record) ?? []), ...shown]);
    settleDirty(record);
}

function mustWait(record, name) {
    const { type } = record.fields[name];
    if ((name in record._changes && !X2MANY.includes(type)) || !isFocused(record, name)) {
        return false;
    }
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    if (X2MANY.includes(type)) {
        return focused.matches("input");
    }
    return SEARCHED.includes(type) || (focused.isContentEditable && !isTyping(record, name)); // an editor is made anew
}

/** The user gives up their value for the one that is in Odoo. */
export function takeTheirs(record, name) {
    dropChange(record, name);
    touchesOf(record).end(name);
    settleDirty(record);
}

function dropChange(record, name) {
    const raw = toRaw(record);
    const { [name]: _, ...rest } = raw._changes;
    raw._changes = markRaw(rest);
    if (name in raw._initialTextValues) {
        raw._textValues[name] = raw._initialTextValues[name];
    }
    record._removeInvalidFields(name);
    record.data[name] = raw._values[name];
    record._setEvalContext();
}

/** Whether there is still something to save. */
export function settleDirty(record) {
    if (record.dirty && record.isValid && Object.keys(record._getChanges()).length === 0) {
        record.dirty = false;
    }
}
