import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { contestedFields } = await odooModule("odoo19/form/refused.js", {
    "@odoo/owl": "export const toRaw = (it) => it;",
    "@web/core/browser/browser": "export const browser = {};",
    "@web/core/utils/patch": "export const patch = () => {};",
    "@web/model/relational_model/record": "export class Record {}",
    "@web/model/relational_model/static_list": "export class StaticList {}",
    "@web/model/relational_model/utils": "export const getFieldsSpec = 0, getId = 0, parseServerValue = 0;",
});

const line = { _changes: { amount: 7 } };
const removed = { _changes: {} };
const record = {
    _changes: { amount: 5, money_ids: {} },
    data: { money_ids: { _cache: { 3: line, 4: removed }, currentIds: [3] } },
};
const lines = (/** @type {any[]} */ ...found) => ({ fields: { money_ids: { lines: found } } });
const AMOUNT = { amount: { base: 1, theirs: 2 } };

test("a form asks about its own fields and those of its lines", () => {
    assert.deepEqual(contestedFields(record, { fields: AMOUNT }), [[record, "amount"]]);
    assert.deepEqual(contestedFields(record, lines({ id: 3, fields: AMOUNT })), [[line, "amount"]]);
});

test("a form says itself that its record is gone", () => {
    assert.deepEqual(contestedFields(record, { gone: true }), []);
});

test("what a form cannot put in words it leaves to the server's question", () => {
    assert.equal(contestedFields(record, { fields: { state: {} } }), undefined, "a field without a change");
    assert.equal(contestedFields(record, lines({ id: 4, fields: AMOUNT })), undefined, "a line the user removes");
    assert.equal(contestedFields(record, lines({ id: 3, gone: true })), undefined, "a line nobody has touched");
    assert.equal(contestedFields(record, lines({ id: 9, new: true })), undefined, "a line that was added");
    const both = { fields: { ...AMOUNT, ...lines({ id: 4, fields: AMOUNT }).fields } };
    assert.equal(contestedFields(record, both), undefined, "one of several");
});
