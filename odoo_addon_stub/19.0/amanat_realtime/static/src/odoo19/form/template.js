import { clearProcessedTemplates, getTemplate, registerTemplateExtension } from "@web/core/templates";

const FORM = "web.FormView";
const FIELDS = "t[@t-component='props.Renderer'][@record='model.root'][@readonly]";
const BAR = `
    <t t-name="amanat_realtime.FormView" t-inherit="${FORM}" t-inherit-mode="extension">
        <xpath expr="//${FIELDS}" position="before">
            <t t-if="amanatBar" t-component="amanatBar.component" bar="amanatBar"/>
        </xpath>
    </t>`;

/**
 * Puts the bar above the fields of every form. Not in an XML file: there a template of Odoo's that has changed would
 * leave no form to look at.
 *
 * @returns {boolean} whether there is a place for it
 */
export function placeBar() {
    const form = getTemplate(FORM);
    const place = form?.ownerDocument.evaluate(`.//${FIELDS}`, form, null, XPathResult.BOOLEAN_TYPE).booleanValue;
    if (place) {
        registerTemplateExtension(FORM, "/amanat_realtime/static/src/odoo19/form/template.js", BAR);
        clearProcessedTemplates();
    }
    return place === true;
}
