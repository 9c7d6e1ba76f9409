import { isWrittenIn } from "./lines.js";

/**
 * What a form can ask its user when the server has refused to save it.
 *
 * @param {any} record  the form's, or a line's
 * @param {import("../../guard/guarded_request.js").Found} found  what is there of it now
 * @returns {[record: any, field: string][] | undefined} the fields in question; nothing when there is something that
 *     only the server's own question can put in words
 */
export function contestedFields(record, { fields = {}, gone }) {
    if (gone) {
        return []; // the form says so itself
    }
    return allOf(
        Object.entries(fields).map(([name, { lines }]) => {
            if (lines) {
                return allOf(lines.map((line) => contestedInLine(record.data[name], line)));
            }
            return name in record._changes ? [[record, name]] : undefined;
        }),
    );
}

function contestedInLine(list, found) {
    const line = list._cache[found.id];
    if (!line || found.new || !list.currentIds.includes(found.id) || (found.gone && !isWrittenIn(list, found.id))) {
        return undefined;
    }
    return contestedFields(line, found);
}

function allOf(parts) {
    return parts.includes(undefined) ? undefined : parts.flat();
}
