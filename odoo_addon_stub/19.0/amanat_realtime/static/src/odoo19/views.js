import { onMounted, onWillUnmount, reactive, toRaw, useEffect, useExternalListener } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { ListController } from "@web/views/list/list_controller";
import { orStock } from "./stock.js";
import { openWithPill, placePill } from "./pill.js";
import { drawRowWindows } from "./row_windows.js";

/**
 * Tells of every list view that comes to the screen.
 *
 * @param {object} follower
 * @param {(model: any, isStill: () => boolean, tellWaiting: (waiting: import("../live_list.js").Waiting) => void) => ListHooks} follower.open
 * @param {(model: string) => boolean} follower.mayBeLive
 *
 * @typedef {object} ListHooks
 * @property {(wholePage: boolean) => () => void} reading  Odoo begins to read; what is returned is called when
 *     the answer is there
 * @property {() => string} interest
 * @property {() => void} interestChanged
 * @property {() => void} mounted
 * @property {() => void} released  the user edits or selects something else, or nothing any more
 * @property {(row: string | undefined) => void} visited  the user has clicked or focused a row, by its datapoint's id, or something
 *     else
 * @property {() => void} scrolled  what waits need not any more when the user is back at the top
 * @property {() => void} showAll  the user wants to see what waits
 * @property {() => void} closed
 */
export function followLists(follower) {
    followReads(follower);
    placePill();
    drawRowWindows();
    const tried = orStock("lists are not live");
    patch(ListController.prototype, {
        setup() {
            super.setup(...arguments);
            tried(() => this.amanatFollow());
        },
        amanatFollow() {
            const model = shownModel(this.model);
            const view = openWithPill(this, model, (...pill) => follower.open(model, ...pill));
            useLiveRows(model, view, () => {
                const { root } = this.model;
                return [root?.editedRecord?.id, root?.selection?.length];
            });
            ["pointerdown", "focusin"].forEach((type) => useExternalListener(document, type, tellVisited, { capture: true }));

            /** Saving by its button leaves no row. */
            function tellVisited({ target }) {
                if (!target.closest?.(".o_list_button_save")) {
                    view.visited(target.closest?.(".o_data_row")?.dataset.id);
                }
            }
        },
    });
}

/** The lists and boards on screen, by the model behind them. */
const open = new WeakMap();

/**
 * The model as one who draws must see it: not followed by a component, yet what is changed through it is drawn. A model that was
 * loaded by way of a component holds its root bare, and nobody would hear of what is changed there.
 */
export function shownModel(model) {
    return reactive(toRaw(model));
}

/**
 * Follows the rows or cards of a controller; to be called in its setup.
 *
 * @param {any} model
 * @param {ListHooks} view
 * @param {() => unknown[]} holding  what the user edits or selects
 */
export function useLiveRows(model, view, holding) {
    open.set(toRaw(model), view);
    onMounted(view.mounted);
    onWillUnmount(view.closed);
    useEffect(view.interestChanged, () => [view.interest()]);
    useEffect(view.released, holding);
}

/**
 * A search reads outside the model's mutex: what is drawn meanwhile goes into rows that its answer replaces. Nothing that
 * is live is shown as it was when Odoo's cache last saw it: a view to which the user returns would flash older values.
 */
function followReads({ mayBeLive }) {
    patch(RelationalModel.prototype, {
        _loadData(config) {
            const answered = open.get(toRaw(this))?.reading(Boolean(config.isRoot));
            const reading = super._loadData(...arguments);
            if (answered) {
                reading.then(answered, () => {});
            }
            return reading;
        },
        _getCacheParams(config) {
            return mayBeLive(config.resModel) ? undefined : super._getCacheParams(...arguments);
        },
    });
}
