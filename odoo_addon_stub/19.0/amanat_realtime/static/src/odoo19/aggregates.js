import { onMounted, onWillUnmount, useEffect } from "@odoo/owl";
import { openAggregate } from "../aggregates/follow.js";
import { domainFields, names } from "../decisions.js";
import { companiesOf, shownDomain } from "./describe.js";

/**
 * Keeps the view of this controller fresh; to be called in its setup.
 *
 * @param {import("../aggregates/open_aggregate.js").AggregatePort} port
 */
export function useLiveAggregate(port) {
    const view = openAggregate(port);
    onMounted(view.mounted);
    onWillUnmount(view.closed);
    useEffect(view.interestChanged, () => [view.interest()]);
}

/**
 * @param {string} model
 * @param {unknown[]} domain
 * @param {Record<string, unknown>} fields  definitions of the model's
 * @param {object} context
 * @param {string[]} shown  fields that are summed, counted or shown: `date:month` is `date`
 */
export function interestIn(model, domain, fields, context, shown) {
    return {
        model,
        fields: names([...shown, ...domainFields(domain)]).filter((name) => name !== "id" && name in fields).sort(),
        domain: shownDomain(domain, fields, context),
        order: "",
        companies: companiesOf(context),
    };
}
