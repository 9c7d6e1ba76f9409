import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeClock } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { Outage } = await odooModule("attention/outage.js");
/** @type {FakeClock} */
let clock;
/** @type {[number, string][]} */
let seen;
/** @type {any} */
let outage;

beforeEach(() => {
    clock = new FakeClock();
    seen = [];
    const began = clock.time;
    outage = new Outage(clock, (/** @type {string} */ level) => seen.push([clock.time - began, level]));
});

function lost() {
    for (const state of ["waiting", "token", "connecting", "waiting"]) {
        outage.connection(state);
    }
}

test("a connection that is back within 5 seconds is not mentioned", async () => {
    outage.connection("live");
    lost();
    await clock.pass(4999);
    outage.connection("live");
    await clock.pass(120_000);
    assert.deepEqual(seen, []);
});

test("an outage is a chip after 5 seconds, a bar after a minute, and nothing when it is over", async () => {
    outage.connection("live");
    lost();
    await clock.pass(5000);
    lost();
    await clock.pass(65_000);
    outage.connection("live");
    assert.deepEqual(seen, [[5000, "chip"], [60_000, "bar"], [70_000, "none"]]);
});

test("a page that was never live says nothing of a bridge that is away", async () => {
    lost();
    outage.connection("stopped");
    await clock.pass(120_000);
    assert.deepEqual(seen, []);
});

test("a live page that is told to stay away for good says so as well", async () => {
    outage.connection("live");
    outage.connection("outdated");
    await clock.pass(60_000);
    assert.equal(outage.level, "bar");
});

test("a connection that rests because nobody looks is no outage", async () => {
    outage.connection("live");
    lost();
    await clock.pass(6000);
    outage.connection("idle");
    await clock.pass(120_000);
    assert.equal(outage.level, "none");
});

test("the time that the machine slept does not count", async () => {
    outage.connection("live");
    lost();
    await clock.sleep(3_600_000);
    assert.equal(outage.level, "none");
    await clock.pass(5000);
    assert.equal(outage.level, "chip");
});

test("a bar that the user has closed stays closed for this outage", async () => {
    outage.connection("live");
    lost();
    await clock.pass(60_000);
    outage.seen();
    lost();
    await clock.pass(600_000);
    assert.equal(outage.level, "chip");
});
