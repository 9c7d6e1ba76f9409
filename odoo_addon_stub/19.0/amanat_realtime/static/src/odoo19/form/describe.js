import { user } from "@web/core/user";
import { isDrawnAsSent } from "../describe.js";

const X2MANY = ["one2many", "many2many"];

/** @returns {import("../../form/form_decisions.js").FormView} */
export function describeForm(root) {
    const { activeFields, fields, resModel, resId, context } = root;
    const read = Object.keys(activeFields).filter((name) => !fields[name].relatedPropertyField);
    return {
        model: resModel,
        id: resId,
        fields: read,
        patchable: new Set(read.filter((name) => isDrawnAsSent(activeFields[name], fields[name]))),
        computed: new Set(read.filter((name) => fields[name].store === false && name !== "display_name")),
        companies: context.allowed_company_ids ?? user.context.allowed_company_ids ?? [],
        lines: read.filter((name) => X2MANY.includes(fields[name].type) && activeFields[name].related).map((name) => linesOf(root, name)),
    };
}

/** How lines are to be watched: by the record they belong to; where they belong to many, by what they are. */
function linesOf({ fields, data, resId }, field) {
    const { type, relation: model, relation_field: inverse } = fields[field];
    if (type === "one2many" && inverse) {
        return { field, model, inverse, domain: [[inverse, "=", resId]] };
    }
    const ids = [...data[field].resIds].sort((one, other) => one - other);
    return { field, model, domain: [["id", "in", ids]] };
}
