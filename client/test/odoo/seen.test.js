import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { basesOf, shownOf } = await odooModule("odoo19/seen.js");

const FIELDS = {
    name: { type: "char" },
    amount: { type: "float" },
    total: { type: "float", readonly: true },
    age: { type: "integer", store: false },
    image: { type: "binary" },
    sender_id: { type: "many2one" },
    write_date: { type: "datetime" },
    money_ids: { type: "one2many" },
};

/** As much of a datapoint as is read here; `data` is what is on screen. */
function record(/** @type {any} */ values, /** @type {any} */ changes = {}, invisible = ["nothing"]) {
    return {
        fields: FIELDS,
        fieldNames: Object.keys(values),
        _values: values,
        _changes: changes,
        data: { ...values, ...changes },
        _formatServerValue: (/** @type {string} */ _type, /** @type {any} */ value) => (value === "" ? false : value),
        _isInvisible: (/** @type {string} */ name) => invisible.includes(name),
    };
}

function list(/** @type {any} */ cache, /** @type {any[]} */ commands = []) {
    const ids = Object.keys(cache).map(Number);
    return { _cache: cache, _commands: commands, resIds: ids, currentIds: [...ids, "virtual_1"] };
}

const nothingKept = () => ({});

test("the base of a change is what Odoo last gave, of unchanged fields nothing is said", () => {
    const sender = { id: 3, display_name: "Akbar", email: "a@b" };
    const values = { name: "", amount: 9, sender_id: sender };
    assert.deepEqual(basesOf(record(values, { name: "x", sender_id: false }), nothingKept), {
        name: false,
        sender_id: { id: 3, display_name: "Akbar" },
    });
});

test("what was kept when others' values came counts instead, also when it was empty", () => {
    const one = record({ name: "theirs", amount: 12 }, { name: "x", amount: 5 });
    assert.deepEqual(basesOf(one, () => ({ amount: 9, name: false })), { name: false, amount: 9 });
});

test("lines: what was changed in them, what was in those that go, nothing of new ones", () => {
    const lines = {
        5: record({ name: "one", amount: 1, total: 2 }, { amount: 10 }),
        6: record({ name: "two", amount: 2, total: 4, write_date: "…" }),
        7: record({ name: "three" }),
    };
    const commands = [[1, 5], [2, 6, false], [3, 7, false], [0, "virtual_1"], [1, 99]];
    const parent = record({ money_ids: list(lines, commands) }, { money_ids: true });
    parent.data.money_ids = list(lines, commands);
    assert.deepEqual(basesOf(parent, nothingKept), {
        money_ids: { 5: { amount: 1 }, 6: { name: "two", amount: 2 }, 7: false },
    });
});

test("a list that is replaced names every line it had", () => {
    const parent = record({}, { money_ids: true });
    parent.data.money_ids = list({ 5: record({}), 6: record({}) }, [[6, false, [5]]]);
    assert.deepEqual(basesOf(parent, nothingKept), { money_ids: { 5: false, 6: false } });
});

test("shown is what can be seen and does not change by itself", () => {
    const values = { name: "n", amount: 9, age: 3, image: "1 Kb", write_date: "…", total: 1 };
    assert.deepEqual(shownOf(record(values, { name: "typed" }, ["total"])), { name: "typed", amount: 9 });
    assert.deepEqual(shownOf(record(values), (/** @type {string} */ name) => name !== "name").name, undefined);
});

test("shown lines are those that exist, with their values while they are few", () => {
    const one = record({});
    one.fieldNames = ["money_ids"];
    one.data.money_ids = list({ 5: record({ amount: 1 }) });
    assert.deepEqual(shownOf(one), { money_ids: { 5: { amount: 1 } } });
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, id) => [id + 1, record({ amount: id })]));
    one.data.money_ids = list(many);
    const shown = Object.values(shownOf(one).money_ids);
    assert.equal(shown.length, 201);
    assert.ok(shown.every((values) => values === false));
});
