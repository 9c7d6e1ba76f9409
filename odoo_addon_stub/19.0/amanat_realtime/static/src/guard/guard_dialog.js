import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";

/** Shows values beside each other and asks which of them should be. */
export class GuardDialog extends Component {
    static template = "amanat_realtime.GuardDialog";
    static components = { Dialog };
    static props = {
        title: String,
        sentences: { type: Array, element: String },
        columns: { type: Array, element: String },
        rows: { type: Array, element: { type: Object, shape: { label: String, cells: Array } } },
        buttons: { type: Array, element: { type: Object, shape: { text: String, answer: String } } },
        answer: Function,
        close: Function,
    };

    choose(answer) {
        this.props.answer(answer);
        this.props.close();
    }
}
