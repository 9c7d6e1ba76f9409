import { Component, markRaw, onMounted, reactive, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatInteger } from "@web/views/fields/formatters";
import { Bulks } from "./bulks.js";

/** Below what is on screen: who changed many records at once, and how many. */
class BulkBanner extends Component {
    static template = "amanat_realtime.BulkBanner";
    static props = { bulks: Object };

    setup() {
        const { bulks } = this.props;
        this.lines = useState(bulks.lines);
        const place = useRef("place");
        bulks.attended = () => Boolean(place.el?.matches(":hover, :focus-within"));
        // a screen reader reads out only what comes into a place that it knows
        this.state = useState({ known: false });
        onMounted(() => (this.state.known = true));
    }

    /** @param {import("./bulks.js").Line} line */
    says({ title, name, before, count }) {
        const all = before + count;
        const words = { records: title || _t("records"), name: name || _t("Another user"), count: formatInteger(all) };
        return Number.isNaN(all) ? _t("Many %(records)s changed by %(name)s", words) : _t("%(count)s %(records)s changed by %(name)s", words);
    }
}

/**
 * Tells of bulks in this tab; what is called so has its place on the page from the first of them on.
 *
 * @param {ConstructorParameters<typeof Bulks>[0]} world
 * @param {(model: string) => string} titleOf  what the view on screen calls its records, if it shows this model
 * @returns {(bulk: import("./bulks.js").Bulk) => void}
 */
export function bulkBanner(world, titleOf) {
    const bulks = new Bulks(world, reactive([]));
    const banners = registry.category("main_components");
    return (bulk) => {
        if (!banners.contains("amanat_bulks")) {
            banners.add("amanat_bulks", { Component: BulkBanner, props: { bulks: markRaw(bulks) } });
        }
        bulks.heard(bulk, titleOf(bulk.model));
    };
}
