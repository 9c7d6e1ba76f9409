import { toRaw } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { patch } from "@web/core/utils/patch";
import { CalendarController } from "@web/views/calendar/calendar_controller";
import { CalendarModel } from "@web/views/calendar/calendar_model";
import { AggregateReading } from "../aggregates/aggregate_reading.js";
import { interestIn, orNothing, useLiveAggregate } from "./aggregates.js";
import { whenComplete } from "./features.js";
import { orStock } from "./stock.js";
import { sameValue } from "./values.js";

/** An event that is being dragged, pulled or looked at: drawing all events anew would take it away. */
const IN_HAND = ".fc-event-dragging, .fc-event-resizing, .fc-event-mirror, .o_cw_popover, .o_calendar_quick_create";
const BY_USER = ["load", "createRecord", "updateRecord", "unlinkRecord", "createFilter", "unlinkFilter", "updateFilters"];

export function followCalendars() {
    whenComplete("calendars", [[CalendarController, ["setup"]], [CalendarModel, ["updateData", ...BY_USER]]], () => {
        const tried = orStock("calendars are not live");
        patch(CalendarController.prototype, {
            setup() {
                super.setup(...arguments);
                tried(() => this.amanatFollow());
            },
            amanatFollow() {
                const model = toRaw(this.model);
                const reading = new AggregateReading(model, (copy) => orNothing(read(model, copy), () => empty(model)));
                reading.follow(BY_USER);
                useLiveAggregate({
                    name: "calendar",
                    model: () => model.data.range && model.meta.resModel,
                    interest: () => interestOf(model),
                    reload: async () => (document.querySelector(IN_HAND) ? "busy" : reading.reload()),
                });
            },
        });
    });
}

function interestOf({ meta }) {
    const { resModel, domain = [], fields, fieldNames, activeFields, context = {} } = meta;
    return interestIn(resModel, domain, fields, context, [...fieldNames, ...Object.keys(activeFields)]);
}

async function read(model, copy) {
    Object.defineProperty(copy, "keepLast", { value: new KeepLast() });
    const data = { ...model.data };
    await copy.updateData(data);
    if (sameValue(shown(data), shown(model.data))) {
        return undefined;
    }
    return () => draw(model, data);
}

function empty(model) {
    draw(model, { ...model.data, records: {}, filterSections: {} });
}

function draw(model, data) {
    model.data = data;
    model.notify();
}

function shown({ records, filterSections }) {
    return [Object.values(records).map(({ rawRecord }) => rawRecord), filterSections];
}
