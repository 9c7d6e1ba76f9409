import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeClock } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { Bulks } = await odooModule("bulk/bulks.js");
const BOBUR = { id: 8, name: "Bobur" };

/** @type {FakeClock} */
let clock;
/** @type {any[]} */
let lines;
/** @type {any} */
let bulks;
let hidden = false;

beforeEach(() => {
    clock = new FakeClock();
    [lines, hidden] = [[], false];
    bulks = new Bulks({ hidden: () => hidden, setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout }, lines);
});

/** @param {any} bulk */
function heard(bulk) {
    bulks.heard({ model: "amanat.transfer", user: BOBUR, ...bulk }, "Transfers");
}

/** What is told: by whom, and how many. */
function told() {
    return lines.map(({ title, name, before, count }) => [title, name, before + count]);
}

test("who changed how many is told for ten seconds", async () => {
    heard({ offset: 5, count: 1000 });
    assert.deepEqual(told(), [["Transfers", "Bobur", 1000]]);
    await clock.pass(9_999);
    assert.equal(lines.length, 1);
    await clock.pass(1);
    assert.equal(lines.length, 0);
});

test("two views that hear of the same tell it once, with the larger number", () => {
    heard({ offset: 5, count: 600 });
    heard({ offset: 5, count: 1000 });
    assert.deepEqual(told(), [["Transfers", "Bobur", 1000]]);
});

test("an import in several transactions is one line with their sum, until ten seconds after the last", async () => {
    heard({ offset: 5, count: 1000 });
    await clock.pass(9_000);
    heard({ offset: 6, count: 500 });
    heard({ offset: 6, count: 500 });
    heard({ offset: 8, count: 60 });
    assert.deepEqual(told(), [["Transfers", "Bobur", 1560]]);
    await clock.pass(9_000);
    assert.equal(lines.length, 1);
    await clock.pass(1_000);
    assert.equal(lines.length, 0);
});

test("the next import begins from nothing", async () => {
    heard({ offset: 5, count: 1000 });
    await clock.pass(10_000);
    heard({ offset: 6, count: 500 });
    assert.deepEqual(told(), [["Transfers", "Bobur", 500]]);
});

test("a sum with a part that nobody can tell is none", () => {
    heard({ offset: 5, count: 1000 });
    heard({ offset: 6 });
    heard({ offset: 7, count: 1000 });
    assert.deepEqual(told(), [["Transfers", "Bobur", NaN]]);
});

test("other people and other models have lines of their own, and the oldest of four goes", () => {
    heard({ offset: 5, count: 51 });
    heard({ offset: 6, count: 52, user: { id: 9, name: "Chari" } });
    heard({ offset: 7, count: 53, model: "amanat.money" });
    heard({ offset: 8, count: 54, user: { id: 10, name: "" } });
    assert.deepEqual(told().map(([, name, count]) => [name, count]), [["Chari", 52], ["Bobur", 53], ["", 54]]);
});

test("it stays while nobody looks, and while its user is at it", async () => {
    heard({ offset: 5, count: 1000 });
    hidden = true;
    await clock.pass(60_000);
    assert.equal(lines.length, 1);
    hidden = false;
    bulks.attended = () => true;
    await clock.pass(60_000);
    assert.equal(lines.length, 1);
    bulks.attended = () => false;
    await clock.pass(10_000);
    assert.equal(lines.length, 0);
});

test("dismissed, it is gone at once, and nothing waits", () => {
    heard({ offset: 5, count: 1000 });
    bulks.dismiss();
    assert.equal(lines.length, 0);
    assert.deepEqual(clock.waiting, []);
});
