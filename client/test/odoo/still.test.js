import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { still } = await odooModule("list/still.js");

/** Rows are letters. */
function shown(/** @type {string} */ before, /** @type {string} */ next, page = {}) {
    const { rows, coming, moved } = still([...before], [...next], { limit: 80, ...page });
    return { rows: rows.join(""), coming: coming.join(""), moved: moved.join("") };
}

test("what comes waits, wherever it belongs", () => {
    assert.deepEqual(shown("abc", "xaybcz"), { rows: "abc", coming: "xyz", moved: "" });
});

test("what moves stays, and no more is said to move than must", () => {
    assert.deepEqual(shown("abcde", "bcdea"), { rows: "abcde", coming: "", moved: "a" });
    assert.deepEqual(shown("abcde", "eabcd"), { rows: "abcde", coming: "", moved: "e" });
    assert.deepEqual(shown("abcd", "xbadc").moved.length, 2);
});

test("what is gone goes", () => {
    assert.deepEqual(shown("abc", "ac"), { rows: "ac", coming: "", moved: "" });
});

test("a row that is elsewhere now stays", () => {
    assert.deepEqual(shown("abc", "ac", { stays: (/** @type {string} */ row) => row === "b" }), { rows: "abc", coming: "", moved: "" });
});

const onLaterPage = (/** @type {string} */ rows) => ({ limit: 4, isFurther: (/** @type {string} */ row) => rows.includes(row) });

test("what comes onto a full page pushes nothing off it", () => {
    assert.deepEqual(shown("abcd", "xabc", onLaterPage("d")), { rows: "abcd", coming: "x", moved: "" });
    assert.deepEqual(shown("abcd", "xyac", onLaterPage("d")), { rows: "acd", coming: "xy", moved: "" });
});

test("what is gone goes though as much has come above it", () => {
    assert.deepEqual(shown("abcd", "xabc", { limit: 4 }), { rows: "abc", coming: "x", moved: "" });
    assert.deepEqual(shown("abcd", "xaby", { limit: 4 }), { rows: "aby", coming: "x", moved: "" });
    assert.deepEqual(shown("abcd", "xyab", onLaterPage("c")), { rows: "abc", coming: "xy", moved: "" });
});

test("what is gone from the end of a full page goes, whatever fills it", () => {
    assert.deepEqual(shown("abcd", "abce", { limit: 4 }), { rows: "abce", coming: "", moved: "" });
    assert.deepEqual(shown("abcd", "abef", { limit: 4 }), { rows: "abef", coming: "", moved: "" });
    assert.deepEqual(shown("abcd", "efgh", { limit: 4 }), { rows: "efgh", coming: "", moved: "" });
});

test("what fills the end of the page is not waited for", () => {
    assert.deepEqual(shown("abcd", "acde", { limit: 4 }), { rows: "acde", coming: "", moved: "" });
    assert.deepEqual(shown("acd", "acde", { limit: 4 }), { rows: "acde", coming: "", moved: "" });
    assert.deepEqual(shown("acd", "xacd", { limit: 4 }), { rows: "acd", coming: "x", moved: "" });
});

test("nothing changes, nothing waits", () => {
    assert.deepEqual(shown("abc", "abc"), { rows: "abc", coming: "", moved: "" });
    assert.deepEqual(shown("", ""), { rows: "", coming: "", moved: "" });
});
