import { _t } from "@web/core/l10n/translation";

/**
 * What somebody does at a record.
 *
 * @param {import("./presence.js").Person} person
 * @param {(field: string) => string} [labelOf]  without it, fields are not named
 */
export function says({ name, editing }, labelOf) {
    const who = name ?? _t("Another user");
    if (!editing) {
        return _t("%s is viewing", who);
    }
    return editing.length && labelOf
        ? _t("%(who)s is editing %(fields)s", { who, fields: editing.map(labelOf).join(", ") })
        : _t("%s is editing", who);
}

/** @param {number} count */
export function othersSay(count) {
    return count === 1 ? _t("1 more person") : _t("%s more people", count);
}

/**
 * Each of them in a sentence.
 *
 * @param {{shown: import("./presence.js").Person[], more: number}} faces
 * @param {(field: string) => string} [labelOf]
 */
export function allSay({ shown, more }, labelOf) {
    return [...shown.map((person) => says(person, labelOf)), ...(more ? [othersSay(more)] : [])].join("; ");
}
