import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Page } from "./fakes.js";

const PLAN = "presence:plan:7";

/** @type {Page} */
let page;
/** @type {any} */
let people;
/** @type {any[]} */
let heard;
/** @type {string[]} */
let refused;
/** @type {import("../../src/tables/topics.js").Topic} */
let topic;
let feed = 0;

beforeEach(async () => {
    page = new Page();
    [people, heard, refused] = [undefined, [], []];
    await page.goLive();
    topic = page.tables.topic(PLAN, {
        presence: (told) => void (people = told),
        broadcast: (...words) => void heard.push(words),
        refused: ({ code }) => void refused.push(code),
    });
    assert.deepEqual((({ view, topic: name }) => [view, name])(page.socket.sentOf("watch")[0]), ["topic", PLAN]);
    feed = await page.watched();
});

test("who is there is folded from what changes", () => {
    page.socket.say({ type: "presence_state", feed, topic: PLAN, people: { a: [{ slot: 1, device: "d1" }, { slot: 2, device: "d2" }], b: [{ slot: 3, device: "d3" }] } });
    page.socket.say({ type: "presence_diff", feed, topic: PLAN, joins: { a: [{ slot: 9, device: "d1" }] }, leaves: { a: [{ slot: 1, device: "d1" }], b: [{ slot: 3, device: "d3" }] } });
    assert.deepEqual(people, { a: [{ slot: 2, device: "d2" }, { slot: 9, device: "d1" }] });
    page.socket.hangUp(1006);
    assert.deepEqual(people, {}, "nobody is known to be there without a connection");
});

test("this user's state is said again every 15 s, and after the connection was lost", async () => {
    topic.track({ slot: 1 });
    assert.deepEqual(page.socket.sentOf("track"), [{ type: "track", topic: PLAN, state: { slot: 1 } }]);
    await page.clock.pass(15_000);
    assert.equal(page.socket.sentOf("track").length, 2);
    await page.reconnect();
    assert.deepEqual(page.socket.sentOf("track"), [], "not before the topic is open again");
    await page.watched();
    assert.deepEqual(page.socket.sentOf("track"), [{ type: "track", topic: PLAN, state: { slot: 1 } }]);
    topic.untrack();
    await page.clock.pass(50);
    assert.equal(page.socket.sentOf("untrack").length, 1);
    page.socket.say({ type: "heartbeat", offset: 1041 });
    await page.clock.pass(20_000);
    assert.equal(page.socket.sentOf("track").length, 1);
});

test("of what changes faster than anybody sees the last counts", async () => {
    for (let x = 0; x < 100; x++) {
        topic.broadcast("cursor", { x });
        await page.clock.pass(5);
    }
    await page.clock.pass(50);
    const said = page.socket.sentOf("broadcast");
    assert.ok(said.length <= 12, String(said.length));
    assert.deepEqual(said.at(-1), { type: "broadcast", topic: PLAN, event: "cursor", payload: { x: 99 } });
});

test("what others say is told, and what may not be said is refused", () => {
    page.socket.say({ type: "broadcast", feed, topic: PLAN, event: "cursor", payload: { x: 1 }, from: "b" });
    assert.deepEqual(heard, [["cursor", { x: 1 }, "b"]]);
    page.socket.say({ type: "error", ref: PLAN, code: "not_allowed", message: "no" });
    assert.deepEqual(refused, ["not_allowed"]);
});

test("a topic that is left is left at once", async () => {
    topic.track({ slot: 1 });
    topic.end();
    assert.deepEqual(page.socket.sent.slice(-2).map(({ type }) => type), ["untrack", "unwatch"]);
    await page.clock.pass(15_000);
    assert.equal(page.socket.sentOf("track").length, 1);
});

test("who may hear a topic no more sees nobody in it, and watches it again", async () => {
    topic.track({ slot: 1 });
    page.socket.say({ type: "presence_state", feed, topic: PLAN, people: { a: [{ device: "d1" }] } });
    page.socket.say({ type: "reset", feed, offset: 1042, reason: "rights" });
    assert.deepEqual(people, {});
    await page.sent("watch", 2);
    const again = await page.watched();
    page.socket.say({ type: "presence_state", feed: again, topic: PLAN, people: { b: [{ device: "d2" }] } });
    assert.deepEqual(people, { b: [{ device: "d2" }] });
    await page.sent("track", 2);
});
