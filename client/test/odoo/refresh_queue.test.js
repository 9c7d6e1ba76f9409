import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeClock } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { RefreshQueue } = await odooModule("refresh_queue.js");
/** @type {FakeClock} */
let clock;
/** @type {any} */
let world;
/** @type {number[]} */
let runs;
/** @type {any} */
let queue;

beforeEach(() => {
    clock = new FakeClock();
    runs = [];
    world = {
        run: async () => void runs.push(clock.time),
        hidden: () => false,
        random: () => 0.5,
        now: clock.now,
        setTimeout: clock.setTimeout,
        clearTimeout: clock.clearTimeout,
    };
    queue = new RefreshQueue(world);
});

test("many wishes become one read, after 150 to 300 ms", async () => {
    for (let wish = 0; wish < 20; wish++) {
        queue.request();
    }
    assert.deepEqual(clock.waiting, [225]);
    await clock.pass(10_000);
    assert.equal(runs.length, 1);
});

test("what arrives during a read is read afterwards", async () => {
    let finish = () => {};
    world.run = () => new Promise((resolve) => (finish = () => resolve(runs.push(clock.time))));
    queue.request();
    await clock.pass(225);
    queue.request();
    queue.request();
    assert.deepEqual(clock.waiting, []);
    finish();
    await clock.pass(0);
    assert.deepEqual(clock.waiting, [225]);
});

test("a view that is read again and again waits longer", async () => {
    for (let read = 0; read < 12; read++) {
        queue.request();
        assert.deepEqual(clock.waiting, [225]);
        await clock.pass(300);
    }
    queue.request();
    assert.deepEqual(clock.waiting, [1200]);
});

test("a hidden tab remembers, and reads when it is looked at", async () => {
    world.hidden = () => true;
    queue.request();
    await clock.pass(10_000);
    assert.deepEqual(runs, []);

    world.hidden = () => false;
    queue.shown();
    await clock.pass(300);
    assert.equal(runs.length, 1);
    queue.shown();
    await clock.pass(300);
    assert.equal(runs.length, 1);
});

test("a tab hidden while it waits does not read", async () => {
    queue.request();
    world.hidden = () => true;
    await clock.pass(1000);
    assert.deepEqual(runs, []);
    assert.equal(queue.state, "stale");
});

test("a failed read is tried again, later and later, and not for ever", async () => {
    world.run = async () => {
        runs.push(clock.time);
        throw new Error("Odoo is away");
    };
    queue.request();
    await clock.pass(600_000);
    assert.deepEqual(runs.map((at, index) => at - (runs[index - 1] ?? at)), [0, 1500, 3000, 6000, 12_000, 24_000]);

    assert.equal(queue.state, "stale");
    queue.shown();
    assert.deepEqual(clock.waiting, [225]);
});

test("what everybody hears during a read is read far apart afterwards, unless something is read soon anyway", async () => {
    let finish = () => {};
    world.run = () => new Promise((resolve) => (finish = () => resolve(undefined)));
    queue.request();
    await clock.pass(225);
    queue.request(2000);
    finish();
    await clock.pass(0);
    assert.deepEqual(clock.waiting, [1225]);

    await clock.pass(1225);
    queue.request(2000);
    queue.request();
    finish();
    await clock.pass(0);
    assert.deepEqual(clock.waiting, [225]);
});

test("browsers that reconnect together do not read together", () => {
    queue.request(2000);
    assert.deepEqual(clock.waiting, [1225]);
});

test("a closed view reads no more", async () => {
    queue.request();
    queue.close();
    await clock.pass(1000);
    assert.deepEqual(runs, []);
});

test("a view that is dear to read is read no sooner after the last time than it asks for", async () => {
    const began = clock.time;
    queue = new RefreshQueue(world, 2000);
    queue.request();
    await clock.pass(225);
    queue.request();
    assert.deepEqual(clock.waiting, [2000]);
    await clock.pass(2000);
    assert.deepEqual(runs, [began + 225, began + 2225]);
});
