import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeClock } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { OpenAggregate } = await odooModule("aggregates/open_aggregate.js");

/** @type {FakeClock} */
let clock;
/** @type {any} */
let interaction;
/** @type {any} */
let handlers;
/** @type {any[]} */
let watched;
/** @type {number[]} */
let reads;
/** @type {string[]} */
let answers;
let hidden = false;
let offset = 0;

beforeEach(() => {
    clock = new FakeClock();
    [reads, answers, watched, hidden, offset] = [[], [], [], false, 7];
    interaction = {
        tellBulk() {},
        views: new Set(),
        world: { hidden: () => hidden, random: () => 0.5, now: clock.now, setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout },
        isLive: (/** @type {string} */ model) => model === "amanat.transfer",
        log: { debug() {} },
        warn: assert.fail,
        client: {
            mark: () => ({ epoch: "e", offset }),
            watch: (/** @type {any} */ spec, /** @type {any} */ given, /** @type {any} */ mark) => {
                watched.push([spec, mark.offset]);
                handlers = given;
                return () => void watched.push("ended");
            },
        },
    };
});

function open(model = "amanat.transfer") {
    const view = new OpenAggregate(interaction, {
        name: "graph",
        model: () => model,
        interest: () => ({ model, fields: ["amount", "state"], domain: [], order: "", companies: [1] }),
        reload: async () => {
            reads.push(clock.time);
            return answers.shift() ?? "done";
        },
    });
    view.hooks.mounted();
    return view;
}

const changed = { op: "update", records: [{ id: 1 }], changed_fields: ["amount"] };

test("a graph on screen watches what it is made of, from before it was read", () => {
    open();
    assert.deepEqual(watched, [[{ view: "list", model: "amanat.transfer", fields: ["amount", "state"], domain: [], companies: [1] }, 7]]);
});

test("a bulk is told by the tab, not by the view", () => {
    open();
    assert.equal(handlers.bulk, interaction.tellBulk);
});

test("a graph of a model that is not live is left alone", () => {
    open("res.partner");
    assert.deepEqual(watched, []);
});

test("a change is read within a second, and many of them at most every two seconds", async () => {
    open();
    const began = clock.time;
    for (let change = 0; change < 100; change++) {
        handlers.update(changed);
        await clock.pass(100);
    }
    await clock.pass(5000);
    const gaps = reads.slice(1).map((at, index) => at - (reads[index] ?? 0));
    assert.ok(reads.length >= 5 && reads.length <= 6, `${reads}`);
    assert.ok((reads[0] ?? Infinity) - began < 1000 && gaps.every((gap) => gap >= 2000), `${reads}`);
});

test("what concerns no field that is shown is not read for", async () => {
    open();
    handlers.update({ ...changed, changed_fields: [] });
    await clock.pass(10_000);
    assert.deepEqual(reads, []);
});

test("what comes, goes, or cannot be told is read", async () => {
    open();
    for (const tell of [() => handlers.update({ op: "create", records: [{ id: 2 }] }), () => handlers.gone({ op: "leave", records: [{ id: 2 }] }), () => handlers.stale("gap")]) {
        const before = reads.length;
        tell();
        await clock.pass(10_000);
        assert.equal(reads.length, before + 1);
    }
});

test("a change of many records is read later, by each viewer at another time", async () => {
    open();
    handlers.update({ ...changed, records: Array.from({ length: 51 }, (_, id) => ({ id })) });
    assert.deepEqual(clock.waiting, [225 + 1500]);
});

test("while the user changes what is shown nothing is drawn; then it is read again", async () => {
    open();
    answers = ["busy", "busy", "done"];
    handlers.update(changed);
    await clock.pass(20_000);
    assert.equal(reads.length, 3);
});

test("nobody looks: nothing is read until somebody does", async () => {
    const view = open();
    hidden = true;
    handlers.update(changed);
    await clock.pass(60_000);
    assert.deepEqual(reads, []);
    hidden = false;
    view.lookedAt();
    await clock.pass(1000);
    assert.equal(reads.length, 1);
});

test("what was read counts as known when the view is watched anew", async () => {
    let fields = ["amount"];
    const view = open();
    view.watched.interest = () => ({ model: "amanat.transfer", fields, domain: [], order: "", companies: [1] });
    offset = 9;
    handlers.update(changed);
    await clock.pass(5000);
    fields = ["amount", "date"];
    view.hooks.interestChanged();
    assert.equal(watched.at(-2)[1], 9);
    assert.equal(watched.at(-1), "ended");
});

test("a graph that is closed watches and reads nothing any more", async () => {
    const view = open();
    handlers.update(changed);
    view.hooks.closed();
    await clock.pass(10_000);
    assert.deepEqual([watched.at(-1), interaction.views.size, reads], ["ended", 0, []]);
});
