import { extendTemplate, hasPlace } from "../templates.js";

const SOURCE = "/amanat_realtime/static/src/odoo19/form/template.js";
const FORM = "web.FormView";
const FIELDS = "t[@t-component='props.Renderer'][@record='model.root'][@readonly]";
const BAR = `<t t-if="amanatBar" t-component="amanatBar.component" bar="amanatBar"/>`;

/**
 * Puts the bar above the fields of every form.
 *
 * @returns {boolean} whether there is a place for it
 */
export function placeBar() {
    const has = hasPlace(FORM, FIELDS);
    if (has) {
        extendTemplate(FORM, SOURCE, [[FIELDS, "before", BAR]]);
    }
    return has;
}
