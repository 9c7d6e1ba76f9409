import { toRaw } from "@odoo/owl";
import { rpc } from "@web/core/network/rpc";
import { ORM } from "@web/core/orm_service";
import { patch } from "@web/core/utils/patch";
import { DynamicList } from "@web/model/relational_model/dynamic_list";
import { Record } from "@web/model/relational_model/record";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { FormController } from "@web/views/form/form_controller";
import { ListController } from "@web/views/list/list_controller";
import { MultiRecordViewButton } from "@web/views/view_button/multi_record_view_button";
import { ViewButton } from "@web/views/view_button/view_button";

/**
 * Leads every way in which the web client saves, and every button, through the guard: forms, dialogs, rows and
 * several rows, lines, the pager, tabs that are hidden and pages that are left.
 *
 * @param {import("./guard.js").Guard} guard
 */
export function guardSaves(guard) {
    guardRequests(guard);
    guardRecords(guard);
    guardLists(guard);
    guardPages(guard);
    guardButtons(guard);
}

function guardRequests(guard) {
    patch(ORM.prototype, {
        webSave(model, ids, data, kwargs = {}) {
            const vals = Object.fromEntries(ids.map((id) => [id, data]));
            const save = (next, context) => {
                const isOne = ids.every((id) => next[id] === next[ids[0]]);
                return isOne
                    ? super.webSave(model, ids, next[ids[0]], { ...kwargs, context })
                    : super.webSaveMulti(model, ids, ids.map((id) => next[id]), { ...kwargs, context });
            };
            return guard.save(model, ids, vals, kwargs.context, save) ?? super.webSave(...arguments);
        },
        webSaveMulti(model, ids, data, kwargs = {}) {
            const vals = Object.fromEntries(ids.map((id, index) => [id, data[index]]));
            const save = (next, context) =>
                super.webSaveMulti(model, ids, ids.map((id) => next[id]), { ...kwargs, context });
            return guard.save(model, ids, vals, kwargs.context, save) ?? super.webSaveMulti(...arguments);
        },
    });
}

function guardRecords(guard) {
    patch(Record.prototype, {
        async _save(options = {}) {
            if (!guard.guards(this)) {
                return super._save(...arguments);
            }
            const { model } = this;
            if (model._urgentSave && model.useSendBeaconToSaveUrgently && !model.env.inDialog) {
                const sent = await withContext(this, guard.beaconContext(this), () => super._save(...arguments));
                if (sent) {
                    guard.forget(this);
                }
                return sent;
            }
            return answeredIsUnsaved(guard, [this], () => super._save(passing(guard, options)));
        },
        _applyValues(values) {
            if (this.resId && guard.guards(rootOf(this))) {
                guard.keep(this, Object.keys(values), (name) => isTyped(this, name));
            }
            return super._applyValues(...arguments);
        },
        _setData(data, options) {
            if (options?.keepChanges) {
                guard.keep(this, Object.keys(data), (name) => isTyped(this, name));
            } else {
                guard.forget(this);
            }
            return super._setData(...arguments);
        },
        _discard() {
            guard.discards(this, () => (isEditedAlong(this) ? this.model.root.selection : []));
            return super._discard(...arguments);
        },
    });
}

function guardLists(guard) {
    patch(DynamicList.prototype, {
        async _multiSave() {
            return answeredIsUnsaved(guard, this.selection, () => super._multiSave(...arguments));
        },
    });
}

function guardPages(guard) {
    patch(RelationalModel.prototype, {
        setup() {
            super.setup(...arguments);
            this.bus.addEventListener("FIELD_IS_DIRTY", ({ detail }) => typing.set(toRaw(this), detail));
        },
    });
    patch(FormController.prototype, {
        async beforeUnload(event) {
            if (guard.isOpen(this.model.root)) {
                event.preventDefault();
                event.returnValue = "Unsaved changes";
                return;
            }
            return super.beforeUnload(...arguments);
        },
    });
}

function guardButtons(guard) {
    for (const Controller of [FormController, ListController]) {
        patch(Controller.prototype, {
            async beforeExecuteActionButton() {
                return guard.executing(() => super.beforeExecuteActionButton(...arguments));
            },
        });
    }
    patch(ViewButton.prototype, {
        onClick() {
            const { clickParams, props: { record, className } } = this;
            guard.pressed(() => ({ records: record ? [record] : [], clickParams, className }));
            return super.onClick(...arguments);
        },
    });
    patch(MultiRecordViewButton.prototype, {
        async onClick() {
            guard.pressed(() => ({ records: this.props.list.selection, clickParams: this.clickParams, className: this.props.className }));
            return super.onClick(...arguments);
        },
    });
    const original = rpc._rpc;
    rpc._rpc = function (url, params, settings) {
        const send = (next) => original.call(this, url, next, settings);
        return guard.button(url, params, send) ?? original.apply(this, arguments);
    };
}

/** @type {WeakMap<object, boolean>} models in whose fields there is text that no record knows of yet */
const typing = new WeakMap();

/** Whether the user is typing in this field: neither the record nor its `_changes` say so yet. */
function isTyped(record, name) {
    const field = typing.get(toRaw(record.model)) && document.activeElement?.closest(".o_field_widget[name]");
    if (!field || field.getAttribute("name") !== name) {
        return false;
    }
    const row = field.closest(".o_data_row[data-id]");
    if (row) {
        return row.getAttribute("data-id") === record.id || isEditedAlong(record);
    }
    return !record._parentRecord || Boolean(record.model.env.inDialog);
}

/** Whether what is typed in another row will be written into this one, too. */
function isEditedAlong(record) {
    const { model } = record;
    return Boolean(record.selected && model.multiEdit && model.root.editedRecord?.selected);
}

function rootOf(record) {
    return record._parentRecord ? rootOf(record._parentRecord) : record;
}

/** Calls with another context of the record: what sends a beacon asks for it before it waits for anything. */
function withContext(record, context, call) {
    const config = toRaw(toRaw(record)._config);
    const own = config.context;
    config.context = context;
    try {
        return call();
    } finally {
        config.context = own;
    }
}

/** What the user has gone back from is not saved, and no error. */
async function answeredIsUnsaved(guard, records, save) {
    const done = guard.saves(records);
    try {
        return await save();
    } catch (error) {
        if (guard.isAnswered(error)) {
            return false;
        }
        throw error;
    } finally {
        done();
    }
}

/** Odoo's own handler of errors would ask a second time. */
function passing(guard, options) {
    const { onError } = options;
    if (!onError) {
        return options;
    }
    const handler = (error, actions) => {
        if (guard.isAnswered(error)) {
            throw error;
        }
        return onError(error, actions);
    };
    return { ...options, onError: handler };
}
