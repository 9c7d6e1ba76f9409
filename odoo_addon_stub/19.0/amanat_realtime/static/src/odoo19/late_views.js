import { loadBundle } from "@web/core/assets";
import { patch } from "@web/core/utils/patch";
import { View } from "@web/views/view";

/**
 * Fetches what keeps a kind of view fresh together with the first view of that kind. What cannot be fetched leaves the view as
 * Odoo made it, and is tried again with the next.
 *
 * @param {Record<string, string>} bundles  by type of view
 * @param {(error: Error) => void} failed
 */
export function loadWithViews(bundles, failed) {
    const load = (bundle) => loadBundle(bundle).catch(failed);
    if (typeof View.prototype.loadView !== "function") {
        new Set(Object.values(bundles)).forEach(load);
        return;
    }
    patch(View.prototype, {
        async loadView({ type }) {
            const bundle = bundles[type];
            const [loaded] = await Promise.all([super.loadView(...arguments), bundle && load(bundle)]);
            return loaded;
        },
    });
}
