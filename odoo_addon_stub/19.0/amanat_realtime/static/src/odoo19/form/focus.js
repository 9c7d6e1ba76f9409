import { toRaw } from "@odoo/owl";

const X2MANY = ["one2many", "many2many"];

/**
 * The field with the focus, if it is one of this form: its own, one of a line in a list, or one of a line that is
 * open in a dialog.
 *
 * @param {any} root  the form's record
 * @param {HTMLElement | null} element  the form's
 * @returns {{record: any, name: string} | undefined}
 */
export function focusedField(root, element) {
    const widget = document.activeElement?.closest(".o_field_widget[name]");
    const name = widget?.getAttribute("name");
    if (!widget || !name) {
        return undefined;
    }
    const row = widget.closest(".o_data_row[data-id]");
    const id = row?.getAttribute("data-id");
    const lines = linesOf(root);
    const record = element?.contains(widget)
        ? id
            ? lines.find((line) => line.id === id)
            : root
        : lines.find((line) => line._noUpdateParent && line.isInEdition && widget.closest(".modal"));
    return record && name in record.fields ? { record, name } : undefined;
}

/** The lines of all lists of a record, those on other pages too, as far as they are loaded. */
export function linesOf(record) {
    const lists = Object.keys(record.activeFields).filter((name) => X2MANY.includes(record.fields[name].type));
    return lists.flatMap((name) => Object.values(record.data[name]?._cache ?? {}));
}

/** @type {Set<() => {record: any, name: string} | undefined>}  what each form on screen says has the focus */
export const focusReports = new Set();

export function isFocused(record, name) {
    return [...focusReports].some((report) => {
        const focused = report();
        return focused !== undefined && focused.name === name && toRaw(focused.record) === toRaw(record);
    });
}
