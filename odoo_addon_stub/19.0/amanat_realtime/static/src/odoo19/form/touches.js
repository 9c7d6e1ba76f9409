import { toRaw } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";
import { StaticList } from "@web/model/relational_model/static_list";
import { Touches } from "../../form/touches.js";
import { orStock } from "../stock.js";
import { serverValue } from "../seen.js";
import { sameValue } from "../values.js";
import { isFocused } from "./focus.js";

const X2MANY = ["one2many", "many2many"];

/** @type {WeakMap<object, Touches>}  by record on screen */
const touched = new WeakMap();
/** @type {WeakMap<object, number>}  how often a record was given the values of another reading */
const settings = new WeakMap();
/** @type {{record: any, name: string}[]}  where the user has typed what Odoo's model does not know yet */
let typing = [];
/** While Odoo applies what an onchange wants of lines: nobody has touched those. */
let commands = 0;

/** @returns {Touches} */
export function touchesOf(record) {
    const key = toRaw(record);
    const known = touched.get(key);
    if (known) {
        return known;
    }
    const touches = new Touches((name, one, other) => sameValue(asServer(record, name, one), asServer(record, name, other)));
    touched.set(key, touches);
    return touches;
}

/** Whether the user has changed this field and not saved it; what an onchange has set is not theirs. */
export function isTouched(record, name) {
    return touched.get(toRaw(record))?.has(name) === true && (name in record._changes || isTyping(record, name));
}

export function isTyping(record, name) {
    return typing.some((it) => it.name === name && toRaw(it.record) === toRaw(record));
}

/** A value as Odoo's `web_read` gives it, but a many2one as its id. */
export function asServer(record, name, value) {
    return record._formatServerValue(record.fields[name].type, value);
}

/** @returns {number} another one after each loading or saving of the record */
export function settingOf(record) {
    return settings.get(toRaw(record)) ?? 0;
}

/** The user types in a field, or has typed themselves back to where they began. */
export function typed(record, name, isDirty) {
    if (!isDirty) {
        typing = typing.filter((it) => it.name !== name || toRaw(it.record) !== toRaw(record));
    } else if (!isTyping(record, name) && !X2MANY.includes(record.fields[name].type)) {
        begin(record, name);
        typing.push({ record, name });
    }
}

/** A field was left: what was typed in it is with Odoo's model as soon as that has done what it was asked before. */
export function leftField(model, after) {
    const left = typing.filter(({ record }) => toRaw(record.model) === toRaw(model));
    void model.mutex.exec(() => {
        typing = typing.filter((it) => !left.includes(it) || isFocused(it.record, it.name));
        after();
    });
}

function begin(record, name) {
    const touches = touchesOf(record);
    if (!isTouched(record, name)) {
        touches.end(name);
        touches.begin(name, toRaw(record)._values[name]);
    }
}

/** The server found another value in a field that an onchange may have set: its user is to be asked all the same. */
export function touch(record, name) {
    if (!X2MANY.includes(record.fields[name].type)) {
        begin(record, name);
    }
}

/** @returns {Record<string, unknown>} what the touched fields held when the user began, as `web_read` gives it */
export function seenOf(record) {
    const touches = touched.get(toRaw(record));
    const names = touches?.names().filter((name) => isTouched(record, name)) ?? [];
    return Object.fromEntries(names.map((name) => [name, serverValue(record, name, touches?.base(name))]));
}

/** @param {(record: any) => void} changed  the user has changed, saved or given up something in it */
export function followTouches(changed) {
    const tried = orStock("who else changed a field is told when it is saved");
    patch(Record.prototype, {
        _applyChanges(changes) {
            const plain = tried(() => beginAll(this, changes));
            const undo = super._applyChanges(...arguments);
            tried(() => {
                plain?.forEach((name) => touchesOf(this).changed(name, this.data[name]));
                changed(this);
            });
            return undo;
        },
        _setData(_data, options) {
            const outcome = super._setData(...arguments);
            tried(() => {
                settings.set(toRaw(this), settingOf(this) + 1);
                if (!options?.keepChanges) {
                    forget(this, () => true);
                }
                changed(this);
            });
            return outcome;
        },
        _discard() {
            const outcome = super._discard(...arguments);
            tried(() => {
                forget(this, (name) => !(name in this._changes));
                changed(this);
            });
            return outcome;
        },
    });
    patch(StaticList.prototype, {
        _applyCommands() {
            commands++;
            try {
                return super._applyCommands(...arguments);
            } finally {
                commands--;
            }
        },
    });
}

/** The user's own changes of fields that are no lists begin. */
function beginAll(record, changes) {
    const own = commands === 0 && record.resId ? Object.keys(changes) : [];
    const plain = own.filter((name) => !X2MANY.includes(record.fields[name]?.type));
    plain.forEach((name) => begin(record, name));
    return plain;
}

function forget(record, which) {
    const touches = touched.get(toRaw(record));
    touches?.names().filter(which).forEach((name) => touches.end(name));
    typing = typing.filter((it) => toRaw(it.record) !== toRaw(record));
}
