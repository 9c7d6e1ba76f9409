/** Graphs come with Odoo's late bundle: so does this. */
import { toRaw } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { GraphController } from "@web/views/graph/graph_controller";
import { GraphModel } from "@web/views/graph/graph_model";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { AggregateReading } from "../../aggregates/aggregate_reading.js";
import { interestIn, orNothing, useLiveAggregate } from "../aggregates.js";
import { whenComplete } from "../features.js";
import { orStock } from "../stock.js";
import { sameValue } from "../values.js";

/** Graphs about to be drawn because of what somebody else did: without the animation that says "new". */
const live = new WeakSet();

whenComplete("graphs", [[GraphController, ["setup"]], [GraphModel, ["_loadDataPoints", "_prepareData"]], [GraphRenderer, ["getAnimationOptions", "renderChart"]]], () => {
    const tried = orStock("graphs are not live");
    patch(GraphController.prototype, {
        setup() {
            super.setup(...arguments);
            tried(() => this.amanatFollow());
        },
        amanatFollow() {
            const model = toRaw(this.model);
            const reading = new AggregateReading(model, (copy) => orNothing(read(model, copy), () => draw(model, [])));
            reading.follow(["updateMetaData", "forceLoadAll"]);
            useLiveAggregate({
                name: "graph",
                model: () => model.data && model.metaData.resModel,
                interest: () => interestOf(model),
                reload: () => reading.reload(),
            });
        },
    });
    patch(GraphRenderer.prototype, {
        getAnimationOptions() {
            return live.has(toRaw(this.model)) ? { duration: 0 } : super.getAnimationOptions(...arguments);
        },
        renderChart() {
            const off = live.has(toRaw(this.model)) ? switchedOff(this.chart) : [];
            super.renderChart(...arguments);
            live.delete(toRaw(this.model));
            switchOff(this.chart, off);
        },
    });
});

/** What the user has switched off in the legend, by name: each drawing makes a new chart. */
function switchedOff(chart) {
    const items = chart?.legend?.legendItems ?? [];
    return items.filter(({ hidden }) => hidden).map(({ fullText }) => fullText);
}

function switchOff(chart, names) {
    const items = names.length ? (chart?.legend?.legendItems ?? []) : [];
    for (const { datasetIndex, index } of items.filter(({ fullText }) => names.includes(fullText))) {
        if (datasetIndex === undefined) {
            chart.toggleDataVisibility(index);
        } else {
            chart.setDatasetVisibility(datasetIndex, false);
        }
        chart.update("none");
    }
}

function interestOf({ metaData, searchParams }) {
    const { resModel, fields, measure, groupBy } = metaData;
    const shown = [measure, ...groupBy.map(({ fieldName }) => fieldName)];
    return interestIn(resModel, searchParams.domain, fields, searchParams.context, shown);
}

async function read(model, copy) {
    const metaData = { ...model.metaData };
    const [dataPoints] = await copy._loadDataPoints(metaData);
    if (sameValue(dataPoints, model.dataPoints) || (model.useSampleModel && !dataPoints.length)) {
        return undefined;
    }
    return () => {
        model.metaData = metaData;
        draw(model, dataPoints);
    };
}

function draw(model, dataPoints) {
    const everything = !model.data?.exceeds; // perhaps because the user asked for it
    Object.assign(model, { dataPoints, useSampleModel: false });
    model._prepareData(everything);
    live.add(model);
    model.notify();
}
