import { onMounted, onWillUnmount, toRaw, useEffect, useExternalListener, useState } from "@odoo/owl";
import { useBus } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { Field } from "@web/views/fields/field";
import { FormController } from "@web/views/form/form_controller";
import { cellClass } from "../../highlights.js";
import { orStock } from "../stock.js";

/**
 * Tells of every form view that comes to the screen.
 *
 * @param {object} follower
 * @param {(controller: any) => FormHooks | undefined} follower.open
 *
 * @typedef {object} FormHooks
 * @property {() => () => void} reading  Odoo begins to read; what is returned is called when the answer is there
 * @property {() => string} interest
 * @property {() => void} interestChanged
 * @property {() => void} mounted
 * @property {() => void} closed
 * @property {(isDirty: boolean) => void} typed  the user has changed the text of the field with the focus
 * @property {() => void} left  the focus leaves a field
 * @property {import("./bar.js").FormBar} bar
 */
export function followForms(follower) {
    /** @type {WeakMap<object, FormHooks>} */
    const forms = new WeakMap();
    const tried = orStock("forms show what Odoo last read");
    patch(FormController.prototype, {
        setup() {
            super.setup(...arguments);
            tried(() => this.amanatFollow());
        },
        amanatFollow() {
            const form = follower.open(this);
            if (!form) {
                return;
            }
            const { typed, left } = form;
            followTyping(this.model, { typed: (isDirty) => tried(() => typed(isDirty)), left: () => tried(left) });
            holdSaves(toRaw(this.model), form.bar);
            this.amanatBar = form.bar;
            forms.set(toRaw(this.model), form);
            onMounted(form.mounted);
            onWillUnmount(form.closed);
            useEffect(form.interestChanged, () => [form.interest()]);
        },
        /** The page is left: what is in conflict is not sent behind the user's back. */
        async beforeUnload(ev) {
            if (this.amanatBar?.holds()) {
                this.amanatBar.ask();
                ev.preventDefault();
                ev.returnValue = "Unsaved changes";
                return;
            }
            return super.beforeUnload(...arguments);
        },
    });
    patch(RelationalModel.prototype, {
        _loadData(config) {
            const answered = config.isRoot ? forms.get(toRaw(this))?.reading() : undefined;
            const reading = super._loadData(...arguments);
            if (answered) {
                reading.then(answered, () => {});
            }
            return reading;
        },
    });
}

/** A record that is gone is neither saved nor asked what a change of it would mean. */
function holdSaves(model, bar) {
    const { onWillSaveRecord } = model.hooks;
    const { _onchange } = model;
    model._onchange = async function (config) {
        const isNew = config.isRoot && !config.resId;
        return bar.isLost && !isNew ? {} : _onchange.apply(this, arguments);
    };
    model.hooks.onWillSaveRecord = async (...args) => {
        if (bar.holds()) {
            bar.ask();
            return false;
        }
        return onWillSaveRecord(...args);
    };
}

/** Odoo's fields say on the model's bus, while they hear an input, whether their text differs from the model. */
export function followTyping(model, form) {
    let isDirty = false;
    useBus(model.bus, "FIELD_IS_DIRTY", ({ detail }) => {
        isDirty = detail;
    });
    useExternalListener(document, "input", () => form.typed(isDirty));
    useExternalListener(document, "focusout", form.left);
}

/**
 * Tints the form's own fields when others have changed them; those of its lines are tinted by their list.
 *
 * @param {import("../../highlights.js").Marks} marks  reactive
 */
export function drawFieldMarks(marks) {
    patch(Field.prototype, {
        setup() {
            super.setup(...arguments);
            if (this.env.model?.config?.isMonoRecord) {
                this.amanatMarks = useState(marks);
            }
        },
        get classNames() {
            const { name, record } = this.props;
            const isOwn = this.amanatMarks && toRaw(record) === toRaw(this.env.model.root);
            const marked = isOwn ? cellClass(this.amanatMarks, record, name) : "";
            return marked ? { ...super.classNames, [marked]: true } : super.classNames;
        },
    });
}
