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

test("only the first warning of a page is shown, whatever the others say", () => {
    /** @type {string[]} */
    const warnings = [];
    const sink = { debug: () => assert.fail(), warn: (/** @type {string} */ text) => void warnings.push(text) };
    const log = createLog({ storage: { getItem: () => null }, sink });
    log.warnOnce("a list is refused");
    log.warnOnce("the bridge is away");
    assert.deepEqual(warnings, ["[amanat] a list is refused"]);
});

test("who debugs sees the other warnings too", () => {
    /** @type {unknown[][]} */
    const lines = [];
    const sink = { debug: (/** @type {unknown[]} */ ...words) => void lines.push(words), warn: () => {} };
    const log = createLog({ storage: { getItem: () => "1" }, sink });
    log.warnOnce("a list is refused");
    log.warnOnce("the bridge is away");
    assert.deepEqual(lines, [["[amanat]", "the bridge is away"]]);
});

test("what is logged about a frame holds neither values nor tokens", () => {
    assert.equal(describeFrame(sample("list_update")), "list_update amanat.transfer update ids 42 feed 3 offset 1042");
    assert.ok(!describeFrame(sample("hello")).includes(sample("hello").token));
    assert.ok(!describeFrame(sample("list_update")).includes("Akbar"));
});
