import { onWillDestroy } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { patch } from "@web/core/utils/patch";
import { View } from "@web/views/view";

/** Odoo's view waits no longer than this for what keeps it fresh: a file that cannot be had is tried for half a minute. */
const PATIENCE_MS = 2_500;
/** Comes in a bundle of Odoo's own, which brings these views. */
const WITH_ODOO = "charts";

/**
 * Fetches what keeps a kind of view fresh together with the first view of that kind. What does not come in time, or not at all,
 * leaves the view as Odoo made it, and is tried again with the next.
 *
 * @param {Record<string, string>} parts  by type of view
 * @param {object} told
 * @param {(callback: () => void, delayMs: number) => unknown} told.setTimeout
 * @param {(error: Error) => void} told.failed
 * @param {(view: object, isHere: boolean) => void} told.opens  such a view opens, with what keeps it fresh or without
 * @param {(view: object) => void} told.closes
 */
export function loadWithViews(parts, { setTimeout, failed, opens, closes }) {
    if (typeof View.prototype.loadView !== "function") {
        new Set(Object.values(parts)).forEach((part) => load(part).catch(failed));
        return;
    }
    const coming = new Map();
    const inTime = (part) => {
        if (!coming.has(part)) {
            const loading = load(part);
            const late = new Error(`${part} did not come in time; reload the page`);
            coming.set(part, Promise.race([loading, new Promise((_, reject) => setTimeout(() => reject(late), PATIENCE_MS))]));
            const ended = () => coming.delete(part);
            loading.then(ended, ended);
        }
        return coming.get(part);
    };
    const closed = new WeakSet();
    patch(View.prototype, {
        setup() {
            super.setup(...arguments);
            onWillDestroy(() => {
                closed.add(this);
                closes(this);
            });
        },
        async loadView({ type }) {
            const part = parts[type];
            const [loaded] = await Promise.all([super.loadView(...arguments), part && inTime(part).catch(failed)]);
            if (part && !closed.has(this)) {
                opens(this, isHere(part));
            }
            return loaded;
        },
    });
}

async function load(part) {
    if (part === WITH_ODOO) {
        return;
    }
    await loadBundle(`amanat_realtime.assets_${part}`);
    if (!isHere(part)) {
        throw new Error(`${part} is of another version than this page; reload the page`);
    }
}

/** A part that was renewed since this page was loaded is fetched, but does not begin: it belongs to what is new as well. */
function isHere(part) {
    return globalThis.odoo.loader.modules.has(`@amanat_realtime/${part}`);
}
