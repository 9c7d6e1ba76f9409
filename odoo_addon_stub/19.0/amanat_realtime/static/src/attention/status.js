import { Component, markRaw, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const LOOKS = {
    live: ["fa-bolt", _t("Live: press to pause")],
    paused: ["fa-pause", _t("Paused: press to go on")],
    chip: ["fa-refresh", _t("Reconnecting…")],
    stock: ["fa-refresh", _t("Not live here: press to reload the page")],
    bar: ["fa-exclamation-triangle", _t("Realtime interrupted")],
};

class Shown extends Component {
    static props = { client: Object };

    setup() {
        this.shown = useState(this.props.client.attention.shown);
    }

    retry() {
        this.props.client.start(); // it may have given up
        this.props.client.hurry();
    }
}

/** Being live, as a button beside the user's name: it pauses the views of this tab, and lets them go on. */
class RealtimeStatus extends Shown {
    static template = "amanat_realtime.Status";

    get look() {
        return LOOKS[this.shown.state];
    }

    press() {
        const { state } = this.shown;
        if (state === "stock") {
            browser.location.reload();
        } else if (["live", "paused"].includes(state)) {
            this.props.client.attention.toggle();
        } else {
            this.retry();
        }
    }
}

/** A long outage as a bar below what is on screen, which it does not move; and what a screen reader is to say. */
class RealtimeBar extends Shown {
    static template = "amanat_realtime.Bar";

    get said() {
        const [what, count] = this.shown.said;
        return {
            changed: _t("Records changed by others: %s", count),
            interrupted: LOOKS.bar[1],
            back: _t("Live again"),
        }[what];
    }
}

/**
 * From the moment on when this page is live; the navigation bar makes room for what is added to it.
 *
 * @param {import("./attentive_client.js").AttentiveClient} client
 */
export function showAttention(client) {
    // the registry of main components makes what it holds reactive, and private fields cannot be reached so
    const props = { client: markRaw(client) };
    client.attention.began = () => {
        registry.category("systray").add("amanat", { Component: RealtimeStatus, props }, { sequence: 30 });
        registry.category("main_components").add("amanat", { Component: RealtimeBar, props });
    };
}
