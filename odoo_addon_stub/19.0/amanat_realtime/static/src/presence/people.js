import { Component, useState } from "@odoo/owl";
import { imageUrl } from "@web/core/utils/urls";
import { faces, hereAt } from "./presence.js";
import { allSay, othersSay, says } from "./words.js";

const MOST = 4;

/** Who else is at the record of a form: a ring is who looks at it, a pencil who edits it. Says the same in words. */
export class People extends Component {
    static template = "amanat_realtime.People";
    static props = { shown: Object, record: Object };

    setup() {
        this.shown = useState(this.props.shown);
    }

    /** Nothing when nobody else is there. */
    get people() {
        const here = hereAt(this.shown, this.props.record);
        if (!here) {
            return undefined;
        }
        const labelOf = (field) => this.props.record.fields[field]?.string ?? field;
        const { shown, more } = faces(here, MOST);
        return {
            faces: shown.map((person) => ({ ...person, says: says(person, labelOf), image: imageOf(person) })),
            more,
            moreSays: othersSay(more),
            says: allSay({ shown, more }, labelOf),
            editing: allSay({ shown: shown.filter(({ editing }) => editing), more: 0 }, labelOf),
        };
    }
}

/**
 * Who may not be named is not pictured either.
 *
 * @param {import("./presence.js").Person} person
 */
function imageOf({ id, name }) {
    return name && imageUrl("res.users", id, "avatar_128");
}
