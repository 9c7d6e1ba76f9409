import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { sample } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { TestRun } = await odooModule("realtime_test/test_run.js");
const UPDATE = { ...sample("list_update"), model: "amanat.test.realtime", user: { id: 7, name: "Aziz" } };
/** @type {any} */
let run;

beforeEach(() => {
    run = new TestRun();
    run.begin(42);
});

/**
 * @param {number} id
 * @param {string[]} fields
 */
function changed(id, fields) {
    run.heard({ ...UPDATE, records: [{ id }], changed_fields: fields });
}

test("a change that another tab made passes the quick test, one of the note the conflict test", () => {
    changed(42, ["value"]);
    assert.deepEqual(run.passed, { quick: "Aziz" });
    changed(42, ["note"]);
    assert.deepEqual(run.passed, { quick: "Aziz", conflict: "Aziz" });
});

test("other records pass nothing, and a new record begins anew", () => {
    changed(41, ["value"]);
    assert.deepEqual(run.passed, {});
    changed(42, ["value"]);
    run.begin(43);
    assert.deepEqual(run.passed, {});
});

test("latency is from the button to the receipt of that record, and of nothing else", () => {
    run.pressed(1000);
    run.confirmed({ ids: [41] }, 1010);
    assert.equal(run.latencyMs, undefined);
    run.confirmed({ ids: [42] }, 1083.6);
    assert.equal(run.latencyMs, 84);
    run.confirmed({ ids: [42] }, 2000);
    assert.equal(run.latencyMs, 84, "somebody pressed nothing");
});
