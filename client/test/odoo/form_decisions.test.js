import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { concernsLines, decideForm, mergeLines } = await odooModule("form/form_decisions.js");

const view = {
    id: 42,
    fields: ["amount", "note", "money_ids", "money_count", "secret", "display_name"],
    patchable: new Set(["amount", "note", "display_name"]),
    computed: new Set(["money_count"]),
};

/** @param {object} more */
function frame(more) {
    return { op: "update", records: [{ id: 42, display_name: "TR-42", amount: 12, note: "n", money_ids: [5] }], changed_fields: ["amount"], ...more };
}

test("of an update only what changed is drawn: the rest may be older than what is on screen", () => {
    assert.deepEqual(decideForm(frame({}), view).values, { amount: 12, display_name: "TR-42" });
});

test("a field that Odoo computes at each reading does not travel, and is read after every change", () => {
    assert.deepEqual(decideForm(frame({}), view).read, ["money_count"]);
});

test("lines are read, since a frame has only their ids", () => {
    assert.deepEqual(decideForm(frame({ changed_fields: ["money_ids"] }), view).read, ["money_ids", "money_count"]);
});

test("what a frame names without its value is read", () => {
    const { values, read } = decideForm(frame({ reread: ["note"], changed_fields: ["amount", "note"] }), view);
    assert.deepEqual(Object.keys(values), ["amount", "display_name"]);
    assert.deepEqual(read, ["note", "money_count"]);
});

test("of a record that came into sight everything is drawn or read", () => {
    const { values, read } = decideForm(frame({ op: "enter", changed_fields: [] }), view);
    assert.deepEqual(Object.keys(values), ["amount", "note", "display_name"]);
    assert.deepEqual(read, ["money_ids", "money_count", "secret"]);
});

test("a stored field that never travels is not read after each change of another", () => {
    assert.ok(!decideForm(frame({}), view).read.includes("secret"));
});

test("another record's frame is none of this form's business", () => {
    assert.deepEqual(decideForm(frame({ records: [{ id: 7, amount: 1 }] }), view), { values: {}, read: [] });
});

test("lines that others add and remove come and go, those that the user added and removed stay so", () => {
    assert.deepEqual(mergeLines([1, 2, 3], [1, 2, 3], [3, 1, 4]), [3, 1, 4]);
    assert.deepEqual(mergeLines([1, 2, 3], [1, 3], [1, 2, 3, 4]), [1, 3, 4]);
    assert.deepEqual(mergeLines([1, 2], [1, "new", 2], [1, 2, 3]), [1, "new", 2, 3]);
    assert.deepEqual(mergeLines([1, 2], ["new", 1, 2], [3, 1, 2]), ["new", 3, 1, 2]);
    assert.deepEqual(mergeLines([1, 2], [1, 2, "a", "b"], [2]), [2, "a", "b"]);
});

test("a new line stays below the one that the user added it below, and last when that is gone", () => {
    assert.deepEqual(mergeLines([1], [1, "new"], [2, 1, 3]), [2, 1, "new", 3]);
    assert.deepEqual(mergeLines([1], [1, "new"], [2, 3]), [2, 3, "new"]);
});

test("a line that somebody else has added as well is there once", () => {
    assert.deepEqual(mergeLines([1], [1, 5], [1, 5]), [1, 5]);
});

test("a change of lines concerns the record they belong to, and the lines on screen", () => {
    const of = (/** @type {object} */ line) => ({ op: "update", records: [line] });
    assert.equal(concernsLines(of({ id: 5 }), [5, 6], "transfer_id", 42), true);
    assert.equal(concernsLines(of({ id: 7, transfer_id: { id: 42, display_name: "TR-42" } }), [5, 6], "transfer_id", 42), true);
    assert.equal(concernsLines(of({ id: 7, transfer_id: { id: 43, display_name: "TR-43" } }), [5, 6], "transfer_id", 42), false);
    assert.equal(concernsLines(of({ id: 7 }), [5, 6], undefined, 42), false);
});
