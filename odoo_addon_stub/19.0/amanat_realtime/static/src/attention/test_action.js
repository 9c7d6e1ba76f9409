import { Component, xml } from "@odoo/owl";
import { LazyComponent } from "@web/core/assets";
import { registry } from "@web/core/registry";

/** The action of the menu "Realtime test": what it shows is fetched when somebody looks at it. */
class RealtimeTestAction extends Component {
    static template = xml`<LazyComponent bundle="'amanat_realtime.assets_test'" Component="'amanat_realtime.Test'"/>`;
    static components = { LazyComponent };
    static props = ["*"];
}

registry.category("actions").add("amanat_realtime.test", RealtimeTestAction);
