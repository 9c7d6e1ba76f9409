import { clearProcessedTemplates, getTemplate, registerTemplateExtension } from "@web/core/templates";

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
 * Makes the places where presence is drawn. Not in an XML file: there a template of Odoo's that has changed would leave
 * no view to look at.
 *
 * @returns {string[]} the templates that have no place for it
 */
export function makePlaces() {
    const lacking = Object.keys(PLACES).filter((name) => !extend(name, PLACES[name]));
    clearProcessedTemplates();
    return lacking;
}

function extend(name, places) {
    const template = getTemplate(name);
    const found = places.every(([where]) => template?.ownerDocument.evaluate(`.//${where}`, template, null, XPathResult.BOOLEAN_TYPE).booleanValue);
    if (found) {
        const changes = places.map(([where, side, xml]) => `<xpath expr="//${where}" position="${side}">${xml}</xpath>`);
        const opening = `<t t-name="amanat_realtime.${name}" t-inherit="${name}" t-inherit-mode="extension">`;
        registerTemplateExtension(name, SOURCE, `${opening}${changes.join("")}</t>`);
    }
    return found;
}
