import { _t } from "@web/core/l10n/translation";
import { getFormattedValue } from "@web/views/utils";
import { isTyping } from "./touches.js";

const LONGEST = 300;

/**
 * A conflict in words: the field as the form calls it, and the three values as the form would show them.
 *
 * @param {import("./merged_form.js").Conflict} conflict
 * @param {any} root
 * @param {Record<string, any>} nodes  the form's fields, as its view describes them
 */
export function wordsOf({ record, field = "", base, theirs, who, list, listField = "" }, root, nodes) {
    const line = record === root ? "" : lineName(record);
    if (list) {
        return { label: labelOf(root, listField, nodeOf(nodes, listField)), line, who, isGone: true, base: line, theirs: _t("removed"), mine: line };
    }
    const node = record === root ? nodeOf(nodes, field) : nodeOf(lineNodes(nodes, record, root), field);
    const text = (value) => textOf(record, field, node, value);
    return {
        label: labelOf(record, field, node),
        line,
        who,
        isGone: false,
        base: text(base),
        theirs: text(theirs),
        mine: isTyping(record, field) ? typedText() : text(record.data[field]),
    };
}

function nodeOf(nodes, name) {
    return Object.values(nodes ?? {}).find((node) => node.name === name);
}

function lineNodes(nodes, record, root) {
    const field = Object.keys(root.activeFields).find((name) => root.data[name]?._cache?.[record.resId]?.id === record.id);
    const { views, viewMode } = field ? nodeOf(nodes, field) ?? {} : {};
    return views?.[viewMode]?.fieldNodes;
}

function labelOf(record, name, node) {
    return node?.string || record.fields[name].string || name;
}

function lineName({ data, resId }) {
    return data.display_name || data.name || `#${resId}`;
}

function textOf(record, name, node, value) {
    const { type } = record.fields[name];
    if (type === "boolean") {
        return value ? _t("Yes") : _t("No");
    }
    if (type === "html") {
        return shortened(new DOMParser().parseFromString(String(value), "text/html").body.textContent.trim());
    }
    const shown = getFormattedValue({ fields: record.fields, data: { ...record.data, [name]: value } }, name, node);
    return shortened(typeof shown === "object" ? _t("another value") : String(shown));
}

function typedText() {
    const input = /** @type {HTMLInputElement | null} */ (document.activeElement);
    return input?.type === "password" ? "••••" : shortened(input?.value ?? input?.textContent ?? "");
}

function shortened(text) {
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text || _t("(empty)");
}
