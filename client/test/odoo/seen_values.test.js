import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { SeenValues } = await odooModule("guard/seen_values.js");

test("the first value counts: what others write later was not seen", () => {
    const seen = new SeenValues();
    const record = {};
    seen.keep(record, "note", "old");
    seen.keep(record, "note", "theirs");
    seen.keep(record, "empty", false);
    seen.keep(record, "empty", "theirs");
    assert.deepEqual(seen.of(record), { note: "old", empty: false });
    assert.deepEqual(seen.of({}), {});
});

test("what is saved or given up begins anew", () => {
    const seen = new SeenValues();
    const record = {};
    seen.keep(record, "note", "old");
    seen.forget(record);
    seen.keep(record, "note", "newer");
    assert.deepEqual(seen.of(record), { note: "newer" });
});
