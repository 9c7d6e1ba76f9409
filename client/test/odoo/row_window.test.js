import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { holding, including, rowWindow, widened } = await odooModule("list/row_window.js");
const seen = (/** @type {number} */ row) => ({ top: row * 30, height: 600, rowHeight: 30 });

test("the rows in sight are drawn, and those around them", () => {
    assert.deepEqual(rowWindow(2000, seen(0)), { first: 0, end: 200 });
    assert.deepEqual(rowWindow(2000, seen(1000)), { first: 900, end: 1200 });
    assert.deepEqual(rowWindow(2000, seen(1980)), { first: 1800, end: 2000 });
});

test("scrolling some rows further draws nothing anew", () => {
    assert.deepEqual(rowWindow(2000, seen(1001)), rowWindow(2000, seen(1079)));
});

test("the row that its user writes in is always among them, and stripes stay where they are", () => {
    assert.deepEqual(including({ first: 100, end: 400 }, 1001), { first: 100, end: 1002 });
    assert.deepEqual(including({ first: 1000, end: 1200 }, 21), { first: 20, end: 1200 });
    assert.deepEqual(including({ first: 1000, end: 1200 }, -1), { first: 1000, end: 1200 });
});

test("no row goes while one is written in", () => {
    assert.deepEqual(widened({ first: 0, end: 200 }, { first: 500, end: 800 }), { first: 0, end: 800 });
    assert.deepEqual(widened({ first: 0, end: 200 }), { first: 0, end: 200 });
});

test("who has scrolled further than there are rows sees the last ones", () => {
    assert.deepEqual(rowWindow(640, seen(5000)), { first: 500, end: 640 });
});

test("a list that has become shorter than where its user was shows its last rows", () => {
    assert.deepEqual(holding(1000, { first: 800, end: 1000 }), { first: 800, end: 1000 });
    assert.deepEqual(holding(600, { first: 800, end: 1000 }), { first: 400, end: 600 });
    assert.deepEqual(holding(1000, { first: NaN, end: NaN }), { first: 800, end: 1000 });
});
