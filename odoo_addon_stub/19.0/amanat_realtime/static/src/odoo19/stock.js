import { browser } from "@web/core/browser/browser";
import { createLog } from "../../lib/amanat/amanat_client.js";

/** The warnings of this page: the first is shown, whoever it comes from. */
export const log = createLog({ storage: browser.localStorage });

/**
 * Does what is ours within Odoo's own methods. When that fails, Odoo goes on as if it were not there.
 *
 * @param {string} what  for the warning: `boards are not live`
 * @returns {<T>(work: () => T) => T | undefined}
 */
export function orStock(what) {
    return (work) => {
        try {
            return work();
        } catch (error) {
            log.warnOnce(`${what}: ${error}`);
            return undefined;
        }
    };
}
