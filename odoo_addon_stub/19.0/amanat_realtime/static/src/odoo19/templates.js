import { clearProcessedTemplates, getTemplate, registerTemplate, registerTemplateExtension } from "@web/core/templates";

let blocks = 0;

/**
 * Whether a template of Odoo's, as it is extended until now, has an element.
 *
 * @param {string} name  of the template
 * @param {string} where  a path without a beginning
 */
export function hasPlace(name, where) {
    const template = getTemplate(name);
    return template?.ownerDocument.evaluate(`.//${where}`, template, null, XPathResult.BOOLEAN_TYPE).booleanValue === true;
}

/**
 * Extends a template of Odoo's from script. Not in an XML file: there a template that has changed would leave no view to
 * look at.
 *
 * @param {string} name  of the template
 * @param {string} url  of the script
 * @param {[where: string, position: string, xml: string][]} places
 */
export function extendTemplate(name, url, places) {
    const changes = places.map(([where, position, xml]) => `<xpath expr="//${where}" position="${position}">${xml}</xpath>`);
    const opening = `<t t-name="amanat_realtime.${name}" t-inherit="${name}" t-inherit-mode="extension">`;
    // Odoo parses the extensions of one block once, so that those who look at a template before they extend it would
    // lose what they add to the block of others: a template in between begins another.
    registerTemplate(`amanat_realtime.block_${++blocks}`, url, "<t/>");
    registerTemplateExtension(name, url, `${opening}${changes.join("")}</t>`);
    clearProcessedTemplates();
}
