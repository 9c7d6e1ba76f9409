import { toRaw } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { user } from "@web/core/user";
import { orderByToString } from "@web/search/utils/order_by";
import { domainFields, names } from "../decisions.js";
import { isPlain, termsOf } from "../row_order.js";

const DRAWN_AS_SENT = ["char", "text", "html", "integer", "float", "monetary", "boolean", "selection", "date", "datetime", "many2one"];
const SUMMED = ["integer", "float", "monetary"];
/** A message to the bridge has its limit; a list with a longer domain decides by itself. */
const MAX_DOMAIN_LENGTH = 4000;
/** What is said of the domains of views on screen: each rendering asks. */
const said = new WeakMap();

/**
 * @param {import("./lists.js").RelationalModel} model
 * @param {(model: string) => string[] | null} defaultOrder
 * @returns {import("../decisions.js").ListView}
 */
export function describe(model, defaultOrder) {
    const root = toRaw(model.root);
    const { activeFields, fields, resModel } = root;
    const { domain = [], groupBy = [] } = root.config;
    const chosen = (root.config.orderBy ?? []).filter(({ name }) => name !== "__count");
    const orderBy = chosen.length ? chosen : termsOf(defaultOrder(resModel) ?? []);
    const read = Object.keys(activeFields).filter((name) => !fields[name].relatedPropertyField);
    const ids = new Set(root.records.map(idOf).filter(Boolean));
    return {
        model: resModel,
        ids,
        fields: read,
        patchable: new Set(read.filter((name) => isDrawnAsSent(activeFields[name], fields[name]))),
        summed: new Set(read.filter((name) => SUMMED.includes(fields[name].type))),
        domain: shownDomain(domain, fields, root.context),
        order: orderByToString(chosen),
        sort: orderBy.length ? names(orderBy.map(({ name }) => name)) : null,
        orderBy,
        plain: isPlain(orderBy, onScreen(root)),
        filter: domainFields(domain),
        group: names(groupBy),
        companies: companiesOf(root.context),
        whole: isWhole(model),
        first: isFirst(model),
    };
}

/** The record of a row. What Odoo follows is slow to read, and a list may have thousands of rows. */
export function idOf(row) {
    return toRaw(row).resId;
}

/** Definitions of the fields that the rows hold values of. */
export function onScreen({ activeFields, fields }) {
    return Object.fromEntries(Object.keys(activeFields).map((name) => [name, fields[name]]));
}

/** Whether no row comes before these, in no group; none of them is a sample. */
export function isFirst({ root, useSampleModel }) {
    const { groupBy = [] } = root.config;
    return !groupBy.length && !useSampleModel && !root.offset;
}

/** Whether the rows are all there are. */
export function isWhole(model) {
    const { root } = model;
    return isFirst(model) && !root.hasLimitedCount && root.count <= root.records.length;
}

/** The companies switched on, the main one first. */
export function companiesOf(context) {
    return context.allowed_company_ids ?? user.context.allowed_company_ids ?? [];
}

/** What a view with this domain shows; null: it cannot be said, or not to the bridge. */
export function shownDomain(domain, fields, context) {
    if (!said.has(domain)) {
        said.set(domain, completed(domain, fields, context));
    }
    return said.get(domain);
}

/** The domain with what Odoo adds unsaid where it does not name the field: whether archived records belong. */
function completed(domain, fields, context) {
    const active = ["active", "x_active"].find((name) => name in fields);
    const wanted = context.active_test === false ? [true, false] : [true];
    const unsaid = active && !domainFields(domain).includes(active);
    const shown = unsaid ? Domain.and([domain, [[active, "in", wanted]]]).toList() : domain;
    return isDotted(domain) || JSON.stringify(shown).length > MAX_DOMAIN_LENGTH ? null : shown;
}

/** The rows that are outside the list's domain by the values they show; one that shows too little of it is not. */
export function straysAmong({ records, config, activeFields }, ids) {
    const { domain = [] } = config;
    if (!domainFields(domain).every((name) => name in activeFields) || isDotted(domain)) {
        return [];
    }
    try {
        const shown = new Domain(domain);
        return ids.filter((id) => records.some(({ resId, evalContext }) => resId === id && !shown.contains(evalContext)));
    } catch {
        return []; // an operator that only the server knows
    }
}

/** A path to another record's field, which no change of this model tells of. */
function isDotted(domain) {
    return domain.some((part) => Array.isArray(part) && String(part[0]).includes("."));
}

/** A many2one whose widget reads more than the name is not in the frame as a whole. */
export function isDrawnAsSent(activeField, { type }) {
    const more = Object.keys(activeField.related?.activeFields ?? {}).filter((name) => name !== "display_name");
    return DRAWN_AS_SENT.includes(type) && more.length === 0;
}
