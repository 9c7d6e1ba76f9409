import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { settle } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { AggregateReading } = await odooModule("aggregates/aggregate_reading.js");

/** @type {any} */
let model;
/** @type {string[]} */
let log;
/** Answers of Odoo that are awaited, in order. @type {((value?: any) => void)[]} */
let answers;
/** @type {any} */
let reading;

beforeEach(() => {
    [log, answers] = [[], []];
    model = {
        bus: new EventTarget(),
        orm: { silent: "silent orm" },
        whenReady: Promise.resolve(),
        notify: () => model.bus.dispatchEvent(new Event("update")),
        expand: () => new Promise((resolve) => answers.push(resolve)),
    };
    reading = new AggregateReading(model, async (/** @type {any} */ copy) => {
        log.push(`read with the ${copy.orm}`);
        await new Promise((resolve) => answers.push(resolve));
        return () => void log.push("drawn");
    });
    reading.follow(["expand"]);
});

async function answer() {
    await settle();
    answers.shift()?.();
    await settle();
}

test("it is read without a sign of it, and drawn", async () => {
    const outcome = reading.reload();
    await answer();
    assert.equal(await outcome, "done");
    assert.deepEqual(log, ["read with the silent orm", "drawn"]);
});

test("nothing is drawn when nothing differs", async () => {
    reading.read = async () => undefined;
    assert.equal(await reading.reload(), "done");
});

test("while the user waits for an answer of their own nothing is read", async () => {
    model.expand();
    assert.equal(await reading.reload(), "busy");
    assert.deepEqual(log, []);
});

for (const [what, act] of /** @type {[string, () => void][]} */ ([
    ["is waiting for an answer", () => void model.expand()],
    ["has changed what is shown", () => model.notify()],
    ["searches", () => (model.race = { getCurrentProm: () => Promise.resolve() })],
])) {
    test(`a user who ${what} by the time it is read keeps what they did`, async () => {
        const outcome = reading.reload();
        await settle();
        act();
        await answer();
        assert.equal(await outcome, "busy");
        assert.ok(!log.includes("drawn"));
    });
}

test("what the user began twice is answered once: Odoo forgets the first", async () => {
    model.expand();
    const second = model.expand();
    answers.pop()?.();
    await second;
    const outcome = reading.reload();
    answers.shift();
    await answer();
    assert.equal(await outcome, "done");
});

test("what fails is over, too", async () => {
    model.refuse = () => Promise.reject(new Error("no"));
    reading.follow(["refuse"]);
    await assert.rejects(model.refuse());
    const outcome = reading.reload();
    await answer();
    assert.equal(await outcome, "done");
});
