import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { inOrder, isPlain, mayBeUnset, termsOf } = await odooModule("row_order.js");
const FIELDS = {
    amount: { type: "float" },
    date: { type: "date" },
    write_date: { type: "datetime" },
    active: { type: "boolean" },
    name: { type: "char" },
    sender_id: { type: "many2one" },
};

const by = (/** @type {string} */ text) => termsOf(text.split(", "));

/** Ids in the order that rows get. */
function ordered(/** @type {any[]} */ rows, /** @type {string} */ order) {
    return inOrder(rows, by(order), FIELDS, (/** @type {any} */ row, /** @type {string} */ name) => row[name])?.map((/** @type {any} */ { id }) => id);
}

test("rows are ordered by number, by truth, by date, and by id where those are equal", () => {
    assert.deepEqual(ordered([{ id: 1, amount: 10 }, { id: 2, amount: 9 }, { id: 3, amount: 10 }], "amount desc, id desc"), [3, 1, 2]);
    assert.deepEqual(ordered([{ id: 1, active: true }, { id: 2, active: false }], "active, id"), [2, 1]);
    assert.deepEqual(ordered([{ id: 1, date: 2000 }, { id: 2, date: 1000 }, { id: 3, date: 1000 }], "date, id"), [2, 3, 1]);
});

test("a date that is not set comes after all others, and before them when the order is turned round", () => {
    const rows = [{ id: 1, date: false }, { id: 2, date: 1000 }, { id: 3, date: false }];
    assert.deepEqual(ordered(rows, "date, id"), [2, 1, 3]);
    assert.deepEqual(ordered(rows, "date desc, id desc"), [3, 1, 2]);
});

test("rows that are equal in everything have no order to tell", () => {
    assert.equal(ordered([{ id: 1, amount: 10 }, { id: 2, amount: 10 }], "amount"), undefined);
});

test("nor have moments of the same second: the database knows them better", () => {
    assert.equal(ordered([{ id: 1, write_date: 1000 }, { id: 2, write_date: 1000 }], "write_date, id"), undefined);
});

test("what a collation or another model decides is not plain, nor what is not on screen or not known", () => {
    assert.ok(isPlain(by("date desc, amount, id"), FIELDS));
    for (const order of ["name", "sender_id", "value", "amount, name", "sender_id.amount", "date desc nulls last"]) {
        assert.ok(!isPlain(by(order), FIELDS), order);
    }
    assert.ok(!isPlain([], FIELDS));
});

test("a 0 may be a number that is not set, unless a number above it is on the side where it would not be", () => {
    const row = (/** @type {number} */ amount) => ({ id: 1, amount });
    const unset = (/** @type {number[]} */ shown, /** @type {number[]} */ others, order = "amount, id") =>
        mayBeUnset(shown.map(row), others.map(row), by(order), FIELDS, (/** @type {any} */ one, /** @type {string} */ name) => one[name]);
    assert.equal(unset([0, 5], [3]), false, "were it not set it would be the last");
    assert.equal(unset([-5, 0], [3]), true);
    assert.equal(unset([5, 7], [0]), true, "nobody knows of one that comes");
    assert.equal(unset([5, 7], [3]), false);
    assert.equal(unset([0, 0], [], "date, id"), false, "another field decides");
    assert.equal(unset([0, 5], [3], "date, amount"), true, "5 may be of another date");
});
