import { user } from "@web/core/user";
import { domainFields, names } from "../decisions.js";

const DRAWN_AS_SENT = ["char", "text", "html", "integer", "float", "monetary", "boolean", "selection", "date", "datetime", "many2one"];
const SUMMED = ["integer", "float", "monetary"];

/**
 * @param {import("./lists.js").RelationalModel} model
 * @param {(model: string) => string[] | null} defaultOrder
 * @returns {import("../decisions.js").ListView}
 */
export function describe(model, defaultOrder) {
    const { root } = model;
    const { activeFields, fields, resModel } = root;
    const { orderBy = [], domain = [], groupBy = [] } = root.config;
    const read = Object.keys(activeFields).filter((name) => !fields[name].relatedPropertyField);
    const ids = new Set(root.records.map((record) => record.resId).filter(Boolean));
    const filter = domainFields(domain);
    return {
        model: resModel,
        ids,
        fields: read,
        patchable: new Set(read.filter((name) => isDrawnAsSent(activeFields[name], fields[name]))),
        summed: new Set(read.filter((name) => SUMMED.includes(fields[name].type))),
        sort: orderBy.length ? names(orderBy.map(({ name }) => name)) : defaultOrder(resModel),
        filter,
        group: names(groupBy),
        companies: root.context.allowed_company_ids ?? user.context.allowed_company_ids ?? [],
        complete: !groupBy.length && !filter.length && !root.offset && root.count <= ids.size,
    };
}

/** A many2one whose widget reads more than the name is not in the frame as a whole. */
function isDrawnAsSent(activeField, { type }) {
    const more = Object.keys(activeField.related?.activeFields ?? {}).filter((name) => name !== "display_name");
    return DRAWN_AS_SENT.includes(type) && more.length === 0;
}
