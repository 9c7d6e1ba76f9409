import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeClock, FakeWorld, sample, settle } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { Attention } = await odooModule("attention/attention.js");
const { AttentiveClient } = await odooModule("attention/attentive_client.js");
const { Tally } = await odooModule("attention/tally.js");
const UPDATE = sample("list_update");

/** @type {FakeClock} */
let clock;
/** @type {any} */
let shown;
/** @type {any} */
let attention;
/** @type {any} */
let view;
/** @type {any[]} */
let drawn;

beforeEach(() => {
    clock = new FakeClock();
    shown = {};
    drawn = [];
    attention = new Attention(clock, shown, assert.fail);
    view = attention.views.add({ view: "list", model: UPDATE.model }, {
        update: (/** @type {any} */ frame) => void drawn.push(frame),
        stale: (/** @type {string} */ why) => void drawn.push(why),
    }).handlers;
});

/**
 * @param {number} id
 * @param {object} [more]
 */
function update(id, more = {}) {
    view.update({ ...UPDATE, records: [{ id }], ...more });
}

test("while paused, changed records are counted, each once, and drawn afterwards", () => {
    attention.toggle();
    update(1);
    update(1);
    update(2);
    assert.equal(shown.state, "paused");
    assert.equal(shown.waiting, "2");
    assert.deepEqual(drawn, []);

    attention.toggle();
    assert.equal(shown.state, "live");
    assert.equal(shown.waiting, "");
    assert.equal(drawn.length, 3);
});

test("as long as a view is open without what keeps it fresh, the page is not called live", () => {
    const [list, dialog] = [{}, {}];
    attention.opens(list, false);
    assert.equal(shown.state, "stock");
    attention.opens(dialog, true);
    attention.opens(dialog, true); // closed
    assert.equal(shown.state, "stock");
    attention.opens(list, true);
    assert.equal(shown.state, "live");
});

test("what nobody can count is a plus", () => {
    attention.toggle();
    view.stale("bulk");
    assert.equal(shown.waiting, "1+");
    update(1);
    update(2);
    assert.equal(shown.waiting, "2+");
});

test("a screen reader hears of others' changes at most every 10 seconds, with how many there were", async () => {
    const said = /** @type {any[]} */ ([]);
    for (let second = 0; second < 30; second++) {
        update(second);
        await clock.pass(1000);
        if (shown.said[0] && shown.said !== said.at(-1)) {
            said.push(shown.said);
        }
    }
    assert.deepEqual(said, [["changed", "10"], ["changed", "10"], ["changed", "10"]]);
});

test("nothing is said of what this user did in another tab, nor of what is held", async () => {
    update(1, { own: true });
    attention.toggle();
    update(2);
    await clock.pass(60_000);
    assert.deepEqual(shown.said, [""]);
});

test("the end of an outage is said when its beginning was", async () => {
    attention.connection("live", "session 1");
    attention.connection("waiting", "lost");
    await clock.pass(60_000);
    assert.deepEqual([shown.state, shown.said[0]], ["bar", "interrupted"]);
    attention.outage.seen();
    attention.connection("live", "session 2");
    assert.deepEqual([shown.state, shown.said[0]], ["live", "back"]);
});

test("what was missed meanwhile is counted after the end of an outage was said", async () => {
    attention.connection("live", "session 1");
    attention.connection("waiting", "lost");
    await clock.pass(60_000);
    attention.connection("live", "session 2");
    update(1);
    assert.deepEqual(shown.said, ["back"]);
    await clock.pass(10_000);
    assert.deepEqual(shown.said, ["changed", "1"]);
});

test("the end of a short outage is not worth a word", async () => {
    attention.connection("live", "session 1");
    attention.connection("waiting", "lost");
    await clock.pass(30_000);
    attention.connection("live", "session 2");
    assert.deepEqual([shown.state, shown.said[0]], ["live", ""]);
});

test("nothing is shown before the page is live, and then once", () => {
    let begun = 0;
    attention.began = () => void begun++;
    attention.connection("waiting", "the bridge is away");
    assert.equal(begun, 0);
    attention.connection("live", "session 1");
    attention.connection("waiting", "lost");
    attention.connection("live", "session 2");
    assert.equal(begun, 1);
});

test("it is known since when the connection is as it is", async () => {
    attention.connection("live", "session 1");
    await clock.pass(1000);
    const lost = clock.time;
    attention.connection("waiting", "lost");
    await clock.pass(1000);
    attention.connection("token", "asking");
    assert.deepEqual(attention.connected, { state: "token", why: "asking", since: lost });
});

test("an outage is shown before a pause", async () => {
    attention.connection("live", "session 1");
    attention.toggle();
    attention.connection("waiting", "lost");
    await clock.pass(5000);
    assert.equal(shown.state, "chip");
    attention.connection("live", "session 2");
    assert.equal(shown.state, "paused");
});

test("of more than 999 records the rest is a plus", () => {
    const tally = new Tally();
    assert.equal(tally.text, "");
    for (let id = 0; id < 2000; id++) {
        tally.add({ model: "amanat.transfer", records: [{ id: id % 999 }] });
    }
    assert.equal(tally.text, "999");
    tally.add({ model: "amanat.transfer", records: [{ id: 5000 }] });
    assert.equal(tally.take(), "999+");
    assert.equal(tally.text, "");
});

test("the client of a tab holds its views, and says what they watch", async () => {
    const world = new FakeWorld();
    const states = /** @type {string[]} */ ([]);
    const client = new AttentiveClient(world.clock, {}, {
        token: async () => ({ token: "t", url: "ws://bridge/amanat.v1", expires_in: 300 }),
        origin: sample("hello").origin,
        onState: (/** @type {string} */ state) => states.push(state),
        environment: world.environment,
        log: world.log,
    });
    client.start();
    await settle();
    world.socket.accept();
    world.socket.say(sample("welcome"));
    const spec = { view: "list", model: UPDATE.model };
    const end = client.watch(spec, { update: (/** @type {any} */ frame) => void drawn.push(frame) });
    world.socket.say({ ...sample("ok-watch"), ref: world.socket.sentOf("watch")[0].ref });
    client.attention.toggle();
    world.socket.say({ ...UPDATE, feed: sample("ok-watch").feed });
    assert.deepEqual(drawn, []);
    client.attention.toggle();
    assert.equal(drawn.length, 1);
    assert.deepEqual(client.attention.views.specs, [spec]);

    end();
    assert.equal(world.socket.sentOf("unwatch").length, 1);
    assert.deepEqual(client.attention.views.specs, []);
    assert.equal(states.at(-1), "live");
    assert.equal(client.attention.connected.state, "live");
});
