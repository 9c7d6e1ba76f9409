import { extendTemplate, hasPlace } from "../templates.js";

const SOURCE = "/amanat_realtime/static/src/odoo19/presence/places.js";
const PEOPLE = `t-component="amanatPeople" shown="amanatShown" record="model.root"`;
const MARK = `<t t-if="amanatHere" t-call="amanat_realtime.PeopleMark"/>`;

/** Elements that go into Odoo's templates: where, and on which side of that. */
const PLACES = {
    "web.FormView": [
        ["t[@t-set-slot='control-panel-status-indicator']", "inside", `<t t-if="amanatPeople and !env.inDialog" ${PEOPLE}/>`],
        [
            "t[@t-component='props.Renderer'][@record='model.root'][@readonly]",
            "before",
            `<t t-if="amanatPeople and env.inDialog" ${PEOPLE}/>`,
        ],
    ],
    "web.ListRenderer.RecordRow": [
        [
            "td[@t-att-name='column.name']/t[@t-if='!isInvisible']",
            "before",
            `<t t-set="amanatHere" t-value="amanatMark and amanatMark(record, column)"/>${MARK}`,
        ],
    ],
    "web.KanbanRecord": [
        ["article[@t-ref='root']", "inside", `<t t-set="amanatHere" t-value="amanatMark and amanatMark()"/>${MARK}`],
    ],
};

/**
 * Makes the places where presence is drawn.
 *
 * @returns {string[]} the templates that have no place for it
 */
export function makePlaces() {
    const lacking = Object.keys(PLACES).filter((name) => !PLACES[name].every(([where]) => hasPlace(name, where)));
    for (const name of Object.keys(PLACES).filter((name) => !lacking.includes(name))) {
        extendTemplate(name, SOURCE, PLACES[name]);
    }
    return lacking;
}
