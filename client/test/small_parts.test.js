import assert from "node:assert/strict";
import { test } from "node:test";
import { describeFrame } from "../src/frames.js";
import { createLog } from "../src/log.js";
import { newOrigin } from "../src/origin.js";
import { sample } from "./fakes.js";

test("an origin is 32 lower-case hexadecimal digits, and never the same", () => {
    const origins = [newOrigin(), newOrigin()];
    assert.match(origins[0] ?? "", /^[0-9a-f]{32}$/);
    assert.notEqual(origins[0], origins[1]);
});

test("debugging is silent without its switch", () => {
    /** @type {unknown[]} */
    const lines = [];
    const sink = { debug: (/** @type {unknown[]} */ ...words) => void lines.push(words), warn: () => {} };
    createLog({ storage: { getItem: () => null }, sink }).debug("hidden");
    createLog({ storage: { getItem: () => "1" }, sink }).debug("shown");
    assert.deepEqual(lines, [["[amanat]", "shown"]]);
});

test("a browser that forbids storage gets no debugging, and no error", () => {
    const storage = { getItem: () => { throw new Error("denied"); } };
    createLog({ storage, sink: { debug: () => assert.fail(), warn: () => {} } }).debug("hidden");
});

test("a warning is said once", () => {
    let warnings = 0;
    const log = createLog({ storage: { getItem: () => null }, sink: { debug: () => {}, warn: () => void warnings++ } });
    log.warnOnce("the bridge is away");
    log.warnOnce("the bridge is away");
    assert.equal(warnings, 1);
});

test("what is logged about a frame holds neither values nor tokens", () => {
    assert.equal(describeFrame(sample("list_update")), "list_update amanat.transfer update ids 42 feed 3 offset 1042");
    assert.ok(!describeFrame(sample("hello")).includes(sample("hello").token));
    assert.ok(!describeFrame(sample("list_update")).includes("Akbar"));
});
