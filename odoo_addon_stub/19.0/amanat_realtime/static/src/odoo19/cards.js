import { useState } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { KanbanRecord } from "@web/views/kanban/kanban_record";
import { cardClass } from "../highlights.js";
import { whenComplete } from "./features.js";
import { joined } from "./marks.js";

/** @param {import("../highlights.js").Marks} marks  reactive */
export function drawCardHighlights(marks) {
    whenComplete("marks on cards", [[KanbanRecord, ["setup", "getRecordClasses"]]], () => {
        patch(KanbanRecord.prototype, {
            setup() {
                super.setup(...arguments);
                this.amanatMarks = useState(marks);
            },
            getRecordClasses() {
                return joined(super.getRecordClasses(), cardClass(this.amanatMarks, this.props.record));
            },
        });
    });
}
