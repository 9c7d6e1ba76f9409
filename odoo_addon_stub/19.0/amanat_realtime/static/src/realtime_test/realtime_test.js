import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { localization } from "@web/core/l10n/localization";
import { formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { TestRun } from "./test_run.js";

const MODEL = "amanat.test.realtime";
const RECORDS = "/odoo/amanat-test-realtime";
const TICK_MS = 1000;

/** Guides through two tests of being live, and shows where this tab stands. */
export class RealtimeTest extends Component {
    static template = "amanat_realtime.Test";
    static components = { Layout };
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.client = useService("real_time_interaction").client;
        this.display = { controlPanel: {} };
        this.run = useState(new TestRun());
        this.live = useState(this.#look());
        onMounted(() => {
            this.unwatch = this.client?.watch({ view: "list", model: MODEL }, this.#handlers(), this.client.mark());
            const look = () => Object.assign(this.live, this.#look());
            this.timer = browser.setInterval(look, TICK_MS);
            look();
        });
        onWillUnmount(() => {
            browser.clearInterval(this.timer);
            this.unwatch?.();
        });
    }

    get recordsUrl() {
        return RECORDS;
    }

    get recordUrl() {
        return `${RECORDS}/${this.run.record}`;
    }

    get connection() {
        const { state, since, why } = this.live;
        if (state === "live") {
            return _t("Live since %s", time(since));
        }
        return since ? _t("Interrupted since %(time)s: %(why)s", { time: time(since), why }) : _t("Not live: %s", why || state);
    }

    get lastEvent() {
        const { last } = this.live;
        if (!last) {
            return _t("None yet");
        }
        const { op, model, records, user } = last.frame;
        const what = `${op} ${model} ${records.slice(0, 5).map(({ id }) => id).join(", ")}${records.length > 5 ? "…" : ""}`;
        return user
            ? _t("%(time)s: %(what)s, by %(user)s", { time: time(last.at), what, user: user.name })
            : `${time(last.at)}: ${what}`;
    }

    async makeRecord() {
        const [id] = await this.orm.create(MODEL, [{ name: _t("Realtime test"), value: 1 }]);
        this.run.begin(id);
    }

    async measure() {
        this.run.pressed(performance.now());
        await this.orm.call(MODEL, "action_increase", [[this.run.record]]);
    }

    #look() {
        const { connected, views, last } = this.client?.attention ?? {};
        return { state: "off", why: "", since: 0, ...connected, last, paused: views?.still, watched: views?.specs.map(words) ?? [] };
    }

    #handlers() {
        return {
            opened: () => {
                this.run.watching = true;
            },
            update: (frame) => this.run.heard(frame),
            gone: () => {},
            receipt: (receipt) => this.run.confirmed(receipt, performance.now()),
            refused: ({ message }) => {
                this.run.refused = message;
            },
        };
    }
}

function time(at) {
    return formatDateTime(luxon.DateTime.fromMillis(at), { format: localization.timeFormat });
}

/** A watch in words: `form amanat.transfer 42`. */
function words({ view, model, id }) {
    return [view, model, id].filter(Boolean).join(" ");
}

registry.category("lazy_components").add("amanat_realtime.Test", RealtimeTest);
