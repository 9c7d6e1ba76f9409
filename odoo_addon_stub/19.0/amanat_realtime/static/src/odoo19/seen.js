/** What a datapoint of Odoo's web client says of itself in the words of web_read. */

const X2MANY = ["one2many", "many2many"];
const BINARIES = ["binary", "image"];
const UNTOLD = [...BINARIES, "properties", "properties_definition"];
const LOG = ["id", "display_name", "create_uid", "create_date", "write_uid", "write_date"];
const MOST_LINES = 200;
const [UPDATE, DELETE] = [1, 2];

/** A field's value as Odoo last gave it, or the given one. */
export function serverValue(record, name, value = record._values[name]) {
    const { type } = record.fields[name];
    if (type === "many2one") {
        return value ? { id: value.id, display_name: value.display_name } : false;
    }
    return record._formatServerValue(type, value);
}

/** Whether a field of this record has one value, and no lines. */
export function isPlain(record, name) {
    return Boolean(record.activeFields[name]) && !X2MANY.includes(record.fields[name].type);
}

/**
 * The values that were there when the user began, of every field with a change.
 *
 * @param {any} record
 * @param {(record: any) => Record<string, any>} seenOf  what was kept of it, by field
 */
export function basesOf(record, seenOf) {
    const bases = {};
    const seen = seenOf(record);
    for (const name of Object.keys(record._changes)) {
        const field = record.fields[name];
        if (!field || name === "id" || field.relatedPropertyField) {
            continue;
        }
        const isList = X2MANY.includes(field.type);
        bases[name] = isList ? lineBases(record.data[name], seenOf) : name in seen ? seen[name] : serverValue(record, name);
    }
    return bases;
}

function lineBases(list, seenOf) {
    const bases = {};
    for (const [code, id] of list._commands) {
        const line = list._cache[id];
        if (typeof id !== "number") {
            list.resIds.forEach((id) => (bases[id] ??= false)); // the list is replaced or emptied
        } else if (code === UPDATE && line) {
            bases[id] = basesOf(line, seenOf);
        } else if (code !== UPDATE) {
            bases[id] = code === DELETE && line ? writableValues(line) : false;
        }
    }
    return bases;
}

function writableValues(line) {
    const values = {};
    for (const name of line.fieldNames) {
        const { type, readonly } = line.fields[name];
        if (!readonly && !LOG.includes(name) && !X2MANY.includes(type) && !UNTOLD.includes(type)) {
            values[name] = serverValue(line, name);
        }
    }
    return values;
}

/**
 * What is on screen of a record: fields that are stored, so that none changes by itself.
 *
 * @param {any} record
 * @param {(name: string) => boolean} [wanted]
 */
export function shownOf(record, wanted = () => true) {
    const shown = {};
    for (const name of record.fieldNames) {
        const { type, store } = record.fields[name];
        if (LOG.includes(name) || UNTOLD.includes(type) || store === false || !wanted(name) || record._isInvisible(name)) {
            continue;
        }
        shown[name] = X2MANY.includes(type) ? shownLines(record.data[name]) : serverValue(record, name, record.data[name]);
    }
    return shown;
}

function shownLines(list) {
    const ids = list.currentIds.filter(Number.isInteger);
    const lines = ids.map((id) => [id, ids.length <= MOST_LINES && list._cache[id] ? shownOf(list._cache[id]) : false]);
    return Object.fromEntries(lines);
}
