import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

/** A web client whose lists are not what this add-on takes them for. */
const CHANGED = {
    "@odoo/owl": `export const toRaw = (it) => it, onWillUnmount = () => {}, onMounted = () => {}, useState = (it) => it, useExternalListener = () => {};
        export const useEffect = (effect, deps) => globalThis.amanatEffects.push([effect, deps]);`,
    "@web/core/browser/browser": "export const browser = {};",
    "@web/core/user": "export const user = { context: {} };",
    "@web/core/utils/hooks": `export const useBus = (bus, name, hear) => bus.addEventListener(name, hear);`,
    "@web/core/utils/patch": `export const patch = (target, extension) => {
        const before = Object.create(Object.getPrototypeOf(target), Object.getOwnPropertyDescriptors(target));
        Object.defineProperties(target, Object.getOwnPropertyDescriptors(Object.setPrototypeOf(extension, before)));
    };`,
    "@web/core/domain": "export const Domain = 0;",
    "@web/search/utils/order_by": "export const orderByToString = 0;",
    "@web/model/relational_model/record": "export class Record {}",
    "@web/model/relational_model/relational_model": "export class RelationalModel {}",
    "@web/model/relational_model/static_list": "export class StaticList {}",
    "@web/model/relational_model/utils": "export const getFieldsSpec = 0, getId = 0, parseServerValue = 0, getBasicEvalContext = 0;",
    "@web/views/fields/field": "export class Field {}",
    "@web/views/form/form_controller": "export class FormController {}",
    "@web/views/list/list_controller": `export class ListController { setup() { this.isOdoos = true; } }; globalThis.amanatList = ListController;`,
};

test("a list that is not what it was opens as Odoo's own, with one warning", async (t) => {
    /** @type {any} */ (globalThis).document = {};
    const effects = /** @type {any[]} */ (/** @type {any} */ (globalThis).amanatEffects = []);
    const { followRowEdits } = await odooModule("odoo19/row_edits.js", CHANGED);
    const warn = t.mock.method(console, "warn", () => {});
    followRowEdits({ set: assert.fail });
    const { amanatList: ListController } = /** @type {any} */ (globalThis);

    const busless = new ListController();
    busless.model = { root: {} };
    busless.setup();
    assert.ok(busless.isOdoos);

    const rowless = new ListController();
    rowless.model = { root: { context: {} }, bus: new EventTarget() };
    rowless.setup();
    assert.equal(effects.length, 1);
    for (const [effect, dependencies] of effects) {
        effect(dependencies());
    }
    assert.deepEqual(warn.mock.calls.map(({ arguments: [said] }) => said.split(":")[0]), ["[amanat] who edits a row is not said"]);
});
