import { onWillUnmount, useEffect } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { ListController } from "@web/views/list/list_controller";
import { companiesOf } from "./describe.js";
import { orStock } from "./stock.js";
import { Edited } from "./form/edited.js";
import { leftField, typed } from "./form/touches.js";
import { followTyping } from "./form/views.js";

/**
 * Says which rows the user of a list edits, from the first key on; forms say so themselves.
 *
 * @param {import("../editing_state.js").EditingState} editing
 */
export function followRowEdits(editing) {
    const tried = orStock("who edits a row is not said");
    patch(ListController.prototype, {
        setup() {
            super.setup(...arguments);
            tried(() => follow(this.model, editing, tried));
        },
    });
}

function follow(model, editing, tried) {
    const edited = new Edited(editing);
    const say = () => void tried(() => model.root && edited.say(model.root.records, companiesOf(model.root.context)));
    followTyping(model, {
        typed: (isDirty) =>
            tried(() => {
                const name = fieldTypedIn();
                if (model.root.editedRecord && name in model.root.fields) {
                    typed(model.root.editedRecord, name, isDirty);
                    say();
                }
            }),
        left: () => tried(() => model.root.editedRecord && leftField(model, say)),
    });
    useEffect(say, () => [model.root?.editedRecord?.id, model.root?.editedRecord?.dirty]);
    onWillUnmount(() => edited.end());
}

function fieldTypedIn() {
    return document.activeElement?.closest(".o_selected_row .o_field_widget[name]")?.getAttribute("name") ?? "";
}
