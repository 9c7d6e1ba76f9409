import { toRaw, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { ListRenderer } from "@web/views/list/list_renderer";
import { cellClass, rowClass, whyGone } from "../highlights.js";
import { isFirst } from "./presence/draw.js";
import { extendTemplate, hasPlace } from "./templates.js";

const SOURCE = "/amanat_realtime/static/src/odoo19/marks.js";
const ROW = "web.ListRenderer.RecordRow";
const CELL = "td[@t-att-name='column.name']/t[@t-if='!isInvisible']";
const WHY = `<t t-set="amanatWhy" t-value="amanatLabel and amanatLabel(record, column)"/>`;
const LABEL = `${WHY}<span t-if="amanatWhy" class="badge text-bg-warning me-1" t-esc="amanatWhy"/>`;

/** @param {import("../highlights.js").Marks} marks  reactive */
export function drawHighlights(marks) {
    if (hasPlace(ROW, CELL)) {
        extendTemplate(ROW, SOURCE, [[CELL, "before", LABEL]]);
    }
    patch(ListRenderer.prototype, {
        setup() {
            super.setup(...arguments);
            this.amanatMarks = useState(marks);
        },
        /** Why a row is still there that should be gone; said once, in its first column. */
        amanatLabel(record, column) {
            const why = isFirst(this.columns, column) && whyGone(this.amanatMarks, toRaw(record));
            return why && (why === "delete" ? _t("Deleted") : _t("No longer in this list"));
        },
        getRowClass(record) {
            return joined(super.getRowClass(record), rowClass(this.amanatMarks, toRaw(record)));
        },
        getCellClass(column, record) {
            return joined(super.getCellClass(column, record), cellClass(this.amanatMarks, toRaw(record), column.name));
        },
    });
}

export function joined(classes, more) {
    return more ? `${classes} ${more}` : classes;
}
