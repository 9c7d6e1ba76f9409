import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { anchored, holding, including, rowWindow, widened } = await odooModule("list/row_window.js");
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

test("the rows that were drawn are found again, whatever has come or gone above and among them", () => {
    const drawn = ["c", "d", "e"];
    assert.deepEqual(anchored([..."abcdefg"], drawn), { first: 2, end: 5 });
    assert.deepEqual(anchored([..."bcdefg"], drawn), { first: 1, end: 4 });
    assert.deepEqual(anchored([..."abxcdxefg"], drawn), { first: 3, end: 7 });
    assert.deepEqual(anchored([..."abdfg"], drawn), { first: 2, end: 3 });
    assert.equal(anchored([..."abfg"], drawn), undefined);
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
