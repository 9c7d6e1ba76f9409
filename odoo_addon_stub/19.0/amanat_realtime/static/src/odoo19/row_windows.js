import { toRaw, useEffect, useExternalListener, useState } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { ListRenderer } from "@web/views/list/list_renderer";
import { anchored, holding, including, MOST_ROWS, rowWindow, widened } from "../list/row_window.js";
import { orStock } from "./stock.js";
import { extendTemplate, hasPlace } from "./templates.js";

const SOURCE = "/amanat_realtime/static/src/odoo19/row_windows.js";
const TEMPLATE = "web.ListRenderer.Rows";
const ROWS = "t[@t-foreach='list.records']";
const SUMS = ["sum", "avg", "max", "min"];
/** In pixels, until it is measured. */
const ROW_HEIGHT = 40;

/** Draws of a long list only the rows around what its user looks at; the others leave room. */
export function drawRowWindows() {
    if (!hasPlace(TEMPLATE, ROWS)) {
        return;
    }
    extendTemplate(TEMPLATE, SOURCE, [
        [ROWS, "before", `<t t-set="amanatRows" t-value="amanatWindow(list)"/>${room("above")}`],
        [ROWS, "after", room("below")],
        [ROWS, "attributes", `<attribute name="t-foreach">amanatRows ? amanatRows.records : list.records</attribute>`],
    ]);
    const tried = orStock("every row of a long list is drawn");
    patch(ListRenderer.prototype, {
        setup() {
            super.setup(...arguments);
            const inSight = { top: 0, height: window.innerHeight, rowHeight: ROW_HEIGHT };
            const drawn = useState({ ...rowWindow(MOST_ROWS, inSight), rowHeight: ROW_HEIGHT, measured: false });
            this.amanatDrawn = drawn;
            /** The rows that were drawn last, and for which window; a template calls in a scope of its own. */
            this.amanatLast = {};
            const look = () => void tried(() => {
                const { length } = this.props.list.records;
                const seen = length > MOST_ROWS && seenRows(this.rootRef.el, drawn.rowHeight);
                const next = seen && widened(rowWindow(length, seen), this.editedRecord ? drawn : undefined);
                if (next && (next.first !== drawn.first || next.end !== drawn.end || !drawn.measured)) {
                    Object.assign(drawn, next, { rowHeight: seen.rowHeight, measured: true });
                }
            });
            useExternalListener(document, "scroll", look, { capture: true, passive: true });
            useEffect(look, () => [this.props.list.records.length]);
        },
        /** Odoo reads every field of every row for the sums of a few: of rows that are not drawn those are enough. */
        computeAggregates() {
            const { columns } = this;
            if (this.props.list.records.length > MOST_ROWS) {
                this.columns = columns.filter(({ attrs }) => SUMS.some((sum) => attrs?.[sum]));
            }
            try {
                return super.computeAggregates(...arguments);
            } finally {
                this.columns = columns;
            }
        },
        /** Of a list that is a group, one that is put in order by hand, and a short one all rows are drawn. */
        amanatWindow(list) {
            const { length } = list.records;
            if (list !== this.props.list || this.withHandleColumn || !this.amanatDrawn) {
                return undefined;
            }
            const { editedRecord } = this;
            if (editedRecord ? !this.amanatLast.rows : length <= MOST_ROWS) {
                this.amanatLast.rows = undefined;
                return undefined;
            }
            const { rowHeight } = this.amanatDrawn;
            const { first, end } = placesOf(toRaw(list.records), editedRecord, this.amanatDrawn, this.amanatLast);
            const height = (rows) => `padding: 0; border: 0; height: ${Math.max(0, rows) * rowHeight}px`;
            return { records: list.records.slice(first, end), above: height(first), below: height(length - end) };
        },
    });
}

/** While one of the rows is written in, those that were drawn are, and no other until somebody scrolls. */
function placesOf(rows, editedRecord, { first, end }, last) {
    let places = holding(rows.length, { first, end });
    if (editedRecord) {
        const all = rows.map(toRaw);
        const there = anchored(all, last.rows.map(toRaw));
        const hasScrolled = first !== last.first || end !== last.end;
        places = including(hasScrolled ? widened(places, there) : there ?? places, all.indexOf(toRaw(editedRecord)));
    }
    Object.assign(last, { first, end, rows: rows.slice(places.first, places.end) });
    return places;
}

function room(side) {
    return `<tr t-if="amanatRows" aria-hidden="true"><td t-att-colspan="nbCols" t-att-style="amanatRows.${side}"/></tr>`;
}

/** The list scrolls by itself, or with the view around it. Where nothing has a place on the page, nothing is seen. */
function seenRows(element, lastHeight) {
    const rows = element?.querySelectorAll(".o_data_row");
    const around = element?.closest(".o_content, .modal-body");
    if (!rows || !around) {
        return undefined;
    }
    const { top, height } = around.getBoundingClientRect();
    const rowHeight = rows.length
        ? (rows[rows.length - 1].getBoundingClientRect().bottom - rows[0].getBoundingClientRect().top) / rows.length
        : lastHeight;
    return rowHeight > 0 && { top: Math.max(0, top - element.querySelector("tbody").getBoundingClientRect().top), height, rowHeight };
}
