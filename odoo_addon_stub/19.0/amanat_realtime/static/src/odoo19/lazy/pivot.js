/** Pivot tables come with Odoo's late bundle: so does this. */
import { toRaw } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { patch } from "@web/core/utils/patch";
import { PivotController } from "@web/views/pivot/pivot_controller";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { AggregateReading } from "../../aggregates/aggregate_reading.js";
import { interestIn, orNothing, useLiveAggregate } from "../aggregates.js";
import { whenComplete } from "../features.js";
import { orStock } from "../stock.js";
import { sameValue } from "../values.js";

/** What waits for an answer. What else the user does is drawn at once. */
const BY_USER = ["addGroupBy", "expandGroup", "expandAll", "toggleMeasure"];

whenComplete("pivot tables", [[PivotController, ["setup"]], [PivotModel, ["_loadData", "_buildMetaData", ...BY_USER]]], () => {
    const tried = orStock("pivot tables are not live");
    patch(PivotController.prototype, {
        setup() {
            super.setup(...arguments);
            tried(() => this.amanatFollow());
        },
        amanatFollow() {
            const model = toRaw(this.model);
            const reading = new AggregateReading(model, (copy) => orNothing(read(model, copy), () => empty(model)));
            reading.follow(BY_USER);
            useLiveAggregate({
                name: "pivot table",
                model: () => model.data?.measurements && model.metaData.resModel,
                interest: () => interestOf(model),
                reload: () => reading.reload(),
            });
        },
    });
});

function interestOf({ metaData, searchParams }) {
    const { resModel, fields, activeMeasures, fullRowGroupBys = [], fullColGroupBys = [] } = metaData;
    const shown = [...activeMeasures, ...fullRowGroupBys, ...fullColGroupBys];
    return interestIn(resModel, searchParams.domain, fields, searchParams.context, shown);
}

/** What the user has folded stays so; what waits for an answer of its own keeps waiting for that one. */
async function read(model, copy) {
    Object.defineProperty(copy, "keepLast", { value: new KeepLast() });
    const { data, metaData } = model;
    await Object.getPrototypeOf(model)._loadData.call(copy, { metaData: model._buildMetaData(), data });
    const loaded = { data: copy.data, metaData: copy.metaData };
    if (sameTable(loaded.data, data)) {
        return undefined;
    }
    return model.useSampleModel && !copy.hasData() ? undefined : () => draw(model, loaded, metaData);
}

function draw(model, loaded, before) {
    if (model.metaData === before) {
        Object.assign(model, loaded, { useSampleModel: false });
        model.notify();
    }
}

function empty(model) {
    const tree = () => ({ root: { labels: [], values: [] }, directSubTrees: new Map() });
    const trees = { rowGroupTree: tree(), colGroupTree: tree() };
    draw(model, { data: { ...trees, measurements: {}, currencyIds: {}, counts: {}, groupDomains: {}, numbering: {} } }, model.metaData);
}

function sameTable(one, other) {
    return ["measurements", "counts", "currencyIds"].every((part) => sameValue(one[part], other?.[part])) && sameValue(outline(one), outline(other));
}

function outline(data) {
    const branch = (tree) => [tree.root.labels, tree.sortedKeys, [...tree.directSubTrees.values()].map(branch)];
    return data && [branch(data.rowGroupTree), branch(data.colGroupTree)];
}
