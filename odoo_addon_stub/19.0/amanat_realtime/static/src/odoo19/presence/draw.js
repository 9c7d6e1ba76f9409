import { toRaw, useState } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { FormController } from "@web/views/form/form_controller";
import { KanbanRecord } from "@web/views/kanban/kanban_record";
import { ListRenderer } from "@web/views/list/list_renderer";
import { People } from "../../presence/people.js";
import { faces, hereAt } from "../../presence/presence.js";
import { allSay } from "../../presence/words.js";
import { makePlaces } from "./places.js";

/**
 * Draws who else is where: in forms, on rows and on cards.
 *
 * @param {import("../../presence/presence.js").Shown} shown  reactive
 * @returns {string[]} what this Odoo has no place for
 */
export function drawPresence(shown) {
    patch(FormController.prototype, { amanatPeople: People, amanatShown: shown });
    patch(ListRenderer.prototype, {
        setup() {
            super.setup(...arguments);
            this.amanatShown = useState(shown);
        },
        /** A row has one mark, in its first column. */
        amanatMark(record, column) {
            return isFirst(this.columns, column) ? markOf(hereAt(this.amanatShown, toRaw(record))) : undefined;
        },
    });
    patch(KanbanRecord.prototype, {
        setup() {
            super.setup(...arguments);
            this.amanatShown = useState(shown);
        },
        amanatMark() {
            return markOf(hereAt(this.amanatShown, this.props.record));
        },
    });
    return makePlaces();
}

/** Whether a column is the first that shows a field. */
export function isFirst(columns, { id }) {
    return columns?.find(({ type, widget }) => type === "field" && widget !== "handle")?.id === id;
}

function markOf(here) {
    return here && { editing: here.people.some(({ editing }) => editing), says: allSay(faces(here, here.people.length)) };
}
