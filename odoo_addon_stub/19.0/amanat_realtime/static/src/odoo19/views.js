import { onMounted, onWillUnmount, reactive, toRaw, useEffect, useState } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { ListController } from "@web/views/list/list_controller";
import { ListRenderer } from "@web/views/list/list_renderer";
import { cellClass, rowClass } from "../highlights.js";

/**
 * Tells of every list view that comes to the screen.
 *
 * @param {object} follower
 * @param {(model: any) => ListHooks} follower.open
 *
 * @typedef {object} ListHooks
 * @property {(wholePage: boolean) => () => void} reading  Odoo begins to read; what is returned is called when
 *     the answer is there
 * @property {() => string} interest
 * @property {() => void} interestChanged
 * @property {() => void} mounted
 * @property {() => void} released  the user edits or selects something else, or nothing any more
 * @property {() => void} closed
 */
export function followLists(follower) {
    /** @type {WeakMap<object, ListHooks>} */
    const lists = new WeakMap();
    followReads(lists);
    patch(ListController.prototype, {
        setup() {
            super.setup(...arguments);
            const list = follower.open(shownModel(this.model));
            lists.set(toRaw(this.model), list);
            onMounted(list.mounted);
            onWillUnmount(list.closed);
            useEffect(list.interestChanged, () => [list.interest()]);
            useEffect(list.released, () => {
                const { root } = this.model;
                return [root?.editedRecord?.id, root?.selection?.length];
            });
        },
    });
}

/**
 * The model as one who draws must see it: not followed by a component, yet what is changed through it is drawn. A model that was
 * loaded by way of a component holds its root bare, and nobody would hear of what is changed there.
 */
function shownModel(model) {
    return reactive(toRaw(model));
}

/**
 * A search reads outside the model's mutex: what is drawn meanwhile goes into rows that its answer replaces.
 *
 * @param {WeakMap<object, ListHooks>} lists
 */
function followReads(lists) {
    patch(RelationalModel.prototype, {
        _loadData(config, cache) {
            const answered = lists.get(toRaw(this))?.reading(Boolean(config.isRoot));
            if (!answered) {
                return super._loadData(...arguments);
            }
            const reading = super._loadData(config, cache && tellingUpdates(cache, answered));
            reading.then(answered, () => {});
            return reading;
        },
    });
}

/** A cache that answers at once calls back when Odoo's own answer differs. */
export function tellingUpdates(cache, answered) {
    const callback = async (result, hasChanged) => {
        await cache.callback?.(result, hasChanged);
        if (hasChanged) {
            answered();
        }
    };
    return { ...cache, callback };
}

/** @param {import("../highlights.js").Marks} marks  reactive */
export function drawHighlights(marks) {
    patch(ListRenderer.prototype, {
        setup() {
            super.setup(...arguments);
            this.amanatMarks = useState(marks);
        },
        getRowClass(record) {
            return joined(super.getRowClass(record), rowClass(this.amanatMarks, record));
        },
        getCellClass(column, record) {
            return joined(super.getCellClass(column, record), cellClass(this.amanatMarks, record, column.name));
        },
    });
}

function joined(classes, more) {
    return more ? `${classes} ${more}` : classes;
}
