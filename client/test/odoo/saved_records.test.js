import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { savedRecords } = await odooModule("saved_records.js");
const URL = "/web/dataset/call_kw/amanat.transfer/";
const call = (/** @type {string} */ method, /** @type {unknown[]} */ args) =>
    savedRecords(URL + method, { model: "amanat.transfer", method, args });

test("saves and deletions name their records", () => {
    const saved = { model: "amanat.transfer", ids: [42] };
    assert.deepEqual(call("web_save", [[42], { amount: 1 }]), saved);
    assert.deepEqual(call("web_save_multi", [[42], [{ amount: 1 }]]), saved);
    assert.deepEqual(call("action_archive", [[42]]), saved);
    assert.deepEqual(call("unlink", [[42]]), saved);
});

test("a button may save what it is pressed on", () => {
    const params = { model: "amanat.transfer", method: "action_done", args: [[42, 43]] };
    assert.deepEqual(savedRecords("/web/dataset/call_button/amanat.transfer/action_done", params)?.ids, [42, 43]);
});

test("a method that a script calls is not drawn by a view, whatever it may save", () => {
    for (const method of ["action_done", "write", "confirm_all", "archive"]) {
        assert.equal(call(method, [[42]]), undefined, method);
    }
});

test("reading saves nothing", () => {
    for (const method of ["read", "web_read", "web_search_read", "search_count", "onchange", "get_views", "has_group", "web_read_group", "name_search"]) {
        assert.equal(call(method, [[42]]), undefined, method);
    }
});

test("a creation and a call without records name none", () => {
    assert.equal(call("web_save", [[], { amount: 1 }]), undefined);
    assert.equal(call("action_test", []), undefined);
    assert.equal(savedRecords("/web/action/load", { action_id: 42 }), undefined);
});
