import { toRaw } from "@odoo/owl";
import { asServer } from "./touches.js";

const [CREATE, LINK] = [0, 4];

/** What the form shows and its user may write, as changes of a new record. */
export function copiedChanges(record, except) {
    const changes = {};
    for (const name of writable(record).filter((name) => !except.has(name))) {
        const { type } = record.fields[name];
        const value = toRaw(record.data)[name];
        changes[name] = type === "one2many" ? created(value) : type === "many2many" ? linked(value) : value;
    }
    return changes;
}

/** @returns {[number, number, Record<string, unknown>]} the command that makes such a line */
function createLike(line) {
    const values = {};
    for (const name of writable(line).filter((name) => line.fields[name].type !== "one2many")) {
        const { type } = line.fields[name];
        const value = toRaw(line.data)[name];
        values[name] = type === "many2many" ? linked(value) : type === "many2one" ? value : asServer(line, name, value);
    }
    return [CREATE, 0, values];
}

function created(list) {
    return list.records.map(createLike);
}

function linked(list) {
    return list.currentIds
        .filter(Number.isInteger)
        .map((id) => [LINK, id, { id, display_name: list._cache[id]?.data.display_name ?? "" }]);
}

function writable(record) {
    const own = Object.keys(record.activeFields).filter((name) => !record.fields[name].relatedPropertyField);
    return own.filter(
        (name) =>
            !["id", "display_name"].includes(name) &&
            record.fields[name].type !== "properties" &&
            !record._isReadonly(name) &&
            (!record._isInvisible(name) || record._isRequired(name)),
    );
}
