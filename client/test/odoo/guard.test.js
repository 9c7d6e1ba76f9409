import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const CONFLICT = "odoo.addons.amanat_realtime.exceptions.RealtimeConflict";
const STALE = "odoo.addons.amanat_realtime.exceptions.RealtimeStale";
const BUTTON = "/web/dataset/call_button/amanat.transfer/action_done";

const { Guard } = await odooModule("odoo19/guard.js", {
    "@web/core/assets": 'export const loadBundle = () => import("./late/question.js");',
    "@odoo/owl": "export const toRaw = (it) => it; export class Component {}",
    "@web/core/dialog/dialog": "export class Dialog {}",
    "@web/core/l10n/translation":
        "export const _t = (text, ...values) => values.reduce((made, value) => made.replace('%s', value), text);",
    "@web/core/registry": "export const registry = { category: () => ({ add() {}, get: () => String }) };",
    "@web/model/relational_model/utils": "export const parseServerValue = (field, value) => value;",
});

const FIELDS = { amount: { type: "float", string: "Amount" }, state: { type: "char", string: "State" } };

/** A transfer on screen whose amount was 9 and became 55; as much of it as the guard looks at. */
function transfer(/** @type {any} */ resId = 42, resModel = "amanat.transfer") {
    const values = { amount: 9, state: "open" };
    return {
        resId,
        resModel,
        fields: FIELDS,
        activeFields: FIELDS,
        fieldNames: Object.keys(FIELDS),
        context: { lang: "uz_UZ" },
        dirty: true,
        _values: values,
        _changes: /** @type {any} */ ({ amount: 55 }),
        data: { ...values, amount: 55 },
        _formatServerValue: (/** @type {string} */ _type, /** @type {any} */ value) => value,
        _isInvisible: () => false,
    };
}

/** A guard, what it has warned of, and the dialogs it has opened; each is answered at once. */
function guarding(/** @type {string[]} */ ...answers) {
    const dialogs = /** @type {any[]} */ ([]);
    const warnings = /** @type {string[]} */ ([]);
    const dialog = {
        add: (/** @type {any} */ _component, /** @type {any} */ props) => {
            dialogs.push(props);
            props.answer(answers.shift());
        },
    };
    const warn = (/** @type {string} */ message) => void warnings.push(message);
    return { guard: new Guard({ models: new Set(["amanat.transfer"]), dialog, warn }), dialogs, warnings };
}

/** An Odoo that refuses so often, and what was sent to it. */
function odoo(/** @type {any[]} */ ...refusals) {
    const sent = /** @type {any[]} */ ([]);
    const send = async (/** @type {any[]} */ ...request) => {
        sent.push(structuredClone(request));
        if (refusals.length) {
            const [exceptionName, fields] = refusals.shift();
            const context = { model: "amanat.transfer", records: [{ id: 42, by: "Bobur", own: false, fields }] };
            throw Object.assign(new Error(), { exceptionName, data: { context } });
        }
        return "done";
    };
    return { sent, send };
}

const AMOUNT = { amount: { base: 9, theirs: 12 } };

function save(/** @type {any} */ guard, /** @type {any} */ record, /** @type {any} */ send) {
    const done = guard.saves([record]);
    const ids = record.resId ? [record.resId] : [];
    const saving = guard.save(record.resModel, ids, { [record.resId]: record._changes }, record.context, send);
    return { saving, done };
}

test("a save says what was there, beside the context it had", async () => {
    const { guard } = guarding();
    const { sent, send } = odoo();
    assert.equal(await save(guard, transfer(), send).saving, "done");
    assert.deepEqual(sent, [[{ 42: { amount: 55 } }, { lang: "uz_UZ", amanat_base: { 42: { amount: 9 } } }]]);
});

test("new records, other models and saves of anybody else's are Odoo's own", () => {
    const { guard } = guarding();
    const { send } = odoo();
    assert.equal(save(guard, transfer(false), send).saving, undefined);
    assert.equal(save(guard, transfer(42, "res.partner"), send).saving, undefined);
    assert.equal(guard.save("amanat.transfer", [42], {}, {}, send), undefined);
});

test("a save that is over does not end one of the same record elsewhere", async () => {
    const { guard } = guarding();
    const { send } = odoo();
    const first = save(guard, transfer(), send);
    const dialog = transfer();
    const doneInDialog = guard.saves([dialog]);
    first.done();
    assert.equal(await guard.save("amanat.transfer", [42], { 42: {} }, {}, send), "done");
    doneInDialog();
    assert.equal(guard.save("amanat.transfer", [42], { 42: {} }, {}, send), undefined);
});

test("others' values that come later were not seen, until the record is saved", async () => {
    const { guard } = guarding();
    const { sent, send } = odoo();
    const record = transfer();
    guard.keep(record, ["amount", "state"], () => false);
    record._values = { amount: 12, state: "done" };
    await save(guard, record, send).saving;
    guard.forget(record);
    await save(guard, record, send).saving;
    assert.deepEqual(
        sent.map(([, context]) => context.amanat_base[42].amount),
        [9, 12]
    );
});

test("what is being typed is no change yet, but what its user sees of the field is kept", async () => {
    const { guard } = guarding();
    const { sent, send } = odoo();
    const record = transfer();
    record._changes = {};
    guard.keep(record, ["amount", "state"], (/** @type {string} */ name) => name === "state");
    record._values = { amount: 12, state: "done" };
    record._changes = { amount: 55, state: "mine" };
    await save(guard, record, send).saving;
    assert.deepEqual(sent[0][1].amanat_base, { 42: { amount: 12, state: "open" } });
});

test("a conflict is asked about: original, theirs and mine", async () => {
    const { guard, dialogs } = guarding("mine");
    const { sent, send } = odoo([CONFLICT, AMOUNT]);
    const record = transfer();
    assert.equal(await save(guard, record, send).saving, "done");
    assert.deepEqual(dialogs[0].rows, [{ label: "Amount", cells: ["9", "12", "55"] }]);
    assert.deepEqual(dialogs[0].sentences, ["Bobur has saved other values in the meantime."]);
    assert.deepEqual(sent[1][1].amanat_base, { 42: { amount: 12 } });
});

test("a form that shows the conflict itself holds the save, and no dialog opens", async () => {
    const { guard, dialogs } = guarding();
    const { sent, send } = odoo([CONFLICT, AMOUNT]);
    guard.form = { onConflict: () => "held" };
    await assert.rejects(save(guard, transfer(), send).saving, { amanatAnswered: true });
    assert.equal(dialogs.length + sent.length, 1);
});

test("what a form knows to have been seen counts more", async () => {
    const { guard } = guarding();
    const { sent, send } = odoo();
    guard.form = { seenOf: () => ({ amount: 7 }) };
    await save(guard, transfer(), send).saving;
    assert.deepEqual(sent[0][1].amanat_base, { 42: { amount: 7 } });
});

test("a record is open after going back, and no longer when it was saved or given up", async () => {
    const { guard } = guarding("back");
    const record = transfer();
    await assert.rejects(save(guard, record, odoo([CONFLICT, AMOUNT]).send).saving, { amanatAnswered: true });
    assert.equal(guard.isOpen(record), true);
    guard.forget(record);
    assert.equal(guard.isOpen(record), false);
});

test("a button says what is shown, asks when it changed, and goes on with what was told", async () => {
    const { guard, dialogs } = guarding("mine");
    const { sent, send } = odoo([STALE, AMOUNT]);
    const params = { model: "amanat.transfer", method: "action_done", args: [[42]], kwargs: { context: { a: 1 } } };
    guard.pressed(() => ({ records: [transfer()], clickParams: { type: "object", name: "action_done" } }));
    assert.equal(await guard.button(BUTTON, params, send), "done");
    assert.deepEqual(dialogs[0].rows, [{ label: "Amount", cells: ["9", "12"] }]);
    const shown = sent.map(([{ kwargs }]) => kwargs.context);
    assert.deepEqual(shown[0], { a: 1, amanat_shown: { 42: { amount: 55, state: "open" } } });
    assert.deepEqual(shown[1], { a: 1, amanat_shown: { 42: { amount: 12, state: "open" } } });
    assert.equal(guard.button(BUTTON, params, send), undefined, "one press, one call");
});

test("buttons that open something, actions and other calls are Odoo's own", () => {
    const { guard } = guarding();
    const params = { model: "amanat.transfer", method: "action_done", args: [[42]], kwargs: {} };
    const { send } = odoo();
    guard.pressed(() => ({ records: [transfer()], clickParams: { type: "object", name: "action_done" }, className: "btn oe_stat_button" }));
    assert.equal(guard.button(BUTTON, params, send), undefined);
    guard.pressed(() => ({ records: [transfer()], clickParams: { type: "action", name: "action_done" } }));
    assert.equal(guard.button(BUTTON, params, send), undefined);
    guard.pressed(() => ({ records: [transfer()], clickParams: { type: "object", name: "action_done" } }));
    assert.equal(guard.button("/web/dataset/call_kw/amanat.transfer/action_done", params, send), undefined);
    assert.equal(guard.button(BUTTON, { ...params, method: "unlink" }, send), undefined);
    assert.equal(guard.button(BUTTON, { ...params, args: [[43]] }, send), undefined);
});

test("a button that is no longer as it was is Odoo's own", () => {
    const { guard, warnings } = guarding();
    guard.pressed(() => ({ records: undefined }));
    assert.equal(guard.button(BUTTON, { model: "amanat.transfer", method: "action_done", args: [[42]], kwargs: {} }, assert.fail), undefined);
    assert.equal(warnings.length, 1);
});

test("a save for a button says what is shown of what it does not write", async () => {
    const { guard } = guarding();
    const { sent, send } = odoo();
    const record = transfer();
    guard.pressed(() => ({ records: [record], clickParams: { type: "object", name: "action_done" } }));
    await guard.executing(() => save(guard, record, send).saving);
    await save(guard, record, send).saving;
    assert.deepEqual(sent[0][1].amanat_shown, { 42: { state: "open" } });
    assert.equal(sent[1][1].amanat_shown, undefined);
});

test("when the guard fails the save goes out as Odoo's own, with one word of it", () => {
    const { guard, warnings } = guarding();
    const record = transfer();
    record._formatServerValue = () => {
        throw new Error("another Odoo");
    };
    assert.equal(save(guard, record, odoo().send).saving, undefined);
    assert.deepEqual(guard.beaconContext(record), record.context);
    assert.match(warnings[0] ?? "", /without saying what they overwrite: Error: another Odoo/);
});

test("a page that is left says what its form began with", () => {
    const { guard } = guarding();
    assert.deepEqual(guard.beaconContext(transfer()), { lang: "uz_UZ", amanat_base: { 42: { amount: 9 } } });
});
