import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** Says how many rows wait because they would make the page jump, and shows them when it is pressed. */
export class Pill extends Component {
    static template = "amanat_realtime.Pill";
    static props = { waiting: Object, show: Function, drawn: Function };

    setup() {
        this.waiting = useState(this.props.waiting);
        this.props.drawn();
    }

    get text() {
        const { coming, moved } = this.waiting;
        return [coming && _t("%s new", coming), moved && _t("%s moved", moved)].filter(Boolean).join(" · ");
    }
}
