import { onMounted, onWillUnmount, useEffect } from "@odoo/owl";
import { openAggregate } from "../aggregates/follow.js";
import { domainFields, names } from "../decisions.js";
import { companiesOf, shownDomain } from "./describe.js";
import { isAccessError } from "./requests.js";

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
 * What may no longer be read goes from the screen, and Odoo's own answer is shown instead.
 *
 * @param {Promise<(() => void) | undefined>} reading
 * @param {() => void} empty
 * @returns {Promise<(() => void) | undefined>} what draws the answer
 */
export async function orNothing(reading, empty) {
    try {
        return await reading;
    } catch (error) {
        if (!isAccessError(error)) {
            throw error;
        }
        return () => {
            empty();
            void Promise.reject(error); // to whom it falls to show errors
        };
    }
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
