import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeWorld, reconnect, sample, startedClient, welcome } from "./fakes.js";

const SPEC = /** @type {const} */ ({ view: "list", model: "amanat.transfer" });
/** @type {FakeWorld} */
let world;
/** @type {import("../src/client.js").Client} */
let client;
/** @type {any[]} */
let heard;

beforeEach(async () => {
    world = new FakeWorld();
    heard = [];
    client = startedClient(world);
    await welcome(world);
});

/** @returns {import("../src/watches.js").WatchHandlers} */
function listener(name = "view") {
    return {
        update: (frame) => void heard.push([name, "update", frame.records.map(({ id }) => id)]),
        gone: ({ op, records }) => void heard.push([name, op, records.map(({ id }) => id)]),
        stale: (why) => void heard.push([name, "stale", why]),
        receipt: (frame, { expected }) => void heard.push([name, "receipt", frame.ids, expected]),
        refused: ({ code }) => void heard.push([name, "refused", code]),
    };
}

/** @param {Partial<import("../src/frames.js").OkFrame>} [answer] */
function open(answer) {
    world.socket.say({ ...sample("ok-watch"), ...answer });
}

test("a watch is asked for as the protocol's sample shows", () => {
    const { type, ref, ...spec } = sample("watch-list");
    client.watch(spec, {});
    assert.deepEqual(world.socket.sent.at(-1), { type, ref, ...spec });
});

test("a form is watched by its id", () => {
    const { ref: _ref, type: _type, ...spec } = sample("watch-form");
    client.watch(spec, {});
    assert.deepEqual(world.socket.sent.at(-1), { ...sample("watch-form"), ref: "form-1" });
});

test("an opened watch hears the frames of its feed", () => {
    client.watch(SPEC, listener(), client.mark());
    open();
    world.socket.say(sample("list_update"));
    assert.deepEqual(heard, [["view", "update", [42]]]);
});

test("what came into sight is heard like any change, and says so", () => {
    /** @type {unknown[]} */
    const ops = [];
    client.watch(SPEC, { update: ({ op }) => void ops.push(op) }, client.mark());
    open();
    world.socket.say(sample("list_update-enter"));
    world.socket.say(sample("list_update-create"));
    assert.deepEqual(ops, ["enter", "create"]);
});

test("what left sight or was deleted is heard as gone", () => {
    client.watch(SPEC, listener(), client.mark());
    open();
    world.socket.say(sample("list_update-leave"));
    world.socket.say(sample("list_update-delete"));
    assert.deepEqual(heard, [["view", "leave", [42, 43]], ["view", "delete", [42]]]);
});

test("a view that cannot drop records reads again when one is gone", () => {
    client.watch(SPEC, { ...listener(), gone: undefined }, client.mark());
    open();
    world.socket.say(sample("list_update-leave"));
    assert.deepEqual(heard, [["view", "stale", "leave"]]);
});

test("a view learns whether its domain is judged, each time it is watched", async () => {
    /** @type {unknown[]} */
    const answers = [];
    client.watch(SPEC, { opened: (answer) => void answers.push(answer) }, client.mark());
    open();
    await reconnect(world);
    open({ filtered: false });
    assert.deepEqual(answers, [{ filtered: true }, { filtered: false }]);
});

test("frames of other feeds are not heard", () => {
    client.watch(SPEC, listener(), client.mark());
    open();
    world.socket.say(sample("form_update"));
    assert.deepEqual(heard, []);
});

test("two watches on one feed both hear", () => {
    client.watch(SPEC, listener("one"), client.mark());
    client.watch(SPEC, listener("two"), client.mark());
    open({ ref: "list-1" });
    open({ ref: "list-2" });
    world.socket.say(sample("list_update"));
    assert.deepEqual(heard, [["one", "update", [42]], ["two", "update", [42]]]);
});

test("what happened between the view's read and the watch is read again", () => {
    const readAt = client.mark();
    client.watch(SPEC, listener(), readAt);
    open({ offset: sample("ok-watch").offset + 1 });
    assert.deepEqual(heard, [["view", "stale", "opened"]]);
});

test("a view that read before the client was live reads again", () => {
    client.watch(SPEC, listener());
    open();
    assert.deepEqual(heard, [["view", "stale", "opened"]]);
});

test("after a reconnect old feed numbers mean nothing", async () => {
    client.watch(SPEC, listener(), client.mark());
    open();
    await reconnect(world);
    world.socket.say(sample("list_update"));
    assert.deepEqual(heard, []);
});

test("a closed watch is taken back and hears nothing more", () => {
    const close = client.watch(SPEC, listener(), client.mark());
    open();
    close();
    assert.deepEqual(world.socket.sent.at(-1), sample("unwatch"));
    world.socket.say({ type: "ok", ref: "list-1" });
    world.socket.say(sample("list_update"));
    assert.deepEqual(heard, []);
});

test("a refused watch says so once and is not asked for again", async () => {
    client.watch(SPEC, listener(), client.mark());
    world.socket.say(sample("error"));
    assert.deepEqual(heard, [["view", "refused", "unknown_model"]]);
    await reconnect(world);
    assert.deepEqual(world.socket.sentOf("watch"), []);
});

test("a refused watch of which nobody wants to hear is warned of", () => {
    client.watch(SPEC, {}, client.mark());
    world.socket.say(sample("error"));
    assert.match(world.warnings.join(), /amanat\.transfer is not kept fresh: .*\(unknown_model\)/);
});

test("a watch that Odoo could not answer for is asked for again some seconds later", async () => {
    client.watch(SPEC, listener(), client.mark());
    world.socket.say({ ...sample("error"), code: "unavailable" });
    await world.clock.pass(2500);
    assert.equal(world.socket.sentOf("watch").length, 2);
});

test("reset makes the view read again", () => {
    client.watch(SPEC, listener(), client.mark());
    open();
    world.socket.say(sample("reset"));
    assert.deepEqual(heard, [["view", "stale", "deleted"]]);
});

test("a view is told by whom many records were changed, and how many", () => {
    client.watch(SPEC, { ...listener(), bulk: (bulk) => heard.push(bulk) }, client.mark());
    open();
    world.socket.say(sample("reset-bulk"));
    world.socket.say({ ...sample("reset"), reason: "bulk" });
    const told = { model: "amanat.transfer", offset: 1053, count: 1000, user: { id: 7, name: "Aziz Karimov" } };
    assert.deepEqual(heard, [["view", "stale", "bulk"], told, ["view", "stale", "bulk"]]);
});

test("an own change is confirmed without values and without a re-read", () => {
    client.watch(SPEC, listener(), client.mark());
    open();
    client.saving("amanat.transfer", [42]);
    world.socket.say(sample("receipt"));
    assert.deepEqual(heard, [["view", "receipt", [42], true]]);
});

test("a receipt for what this tab did not save by id says so", () => {
    client.watch(SPEC, listener(), client.mark());
    open();
    world.socket.say(sample("receipt"));
    assert.deepEqual(heard, [["view", "receipt", [42], false]]);
});

test("somebody else's values drawn over an unconfirmed own save are read again, once", () => {
    client.watch(SPEC, listener(), client.mark());
    open();
    client.saving("amanat.transfer", [42]);
    world.socket.say({ ...sample("list_update"), offset: 1041 });
    world.socket.say(sample("receipt"));
    world.socket.say({ ...sample("receipt"), offset: 1043 });
    assert.deepEqual(heard, [
        ["view", "update", [42]],
        ["view", "receipt", [42], true],
        ["view", "stale", "own"],
        ["view", "receipt", [42], false],
    ]);
});

test("a save that never got a receipt is forgotten after a minute", async () => {
    client.saving("amanat.transfer", [42]);
    await world.clock.pass(61_000);
    assert.deepEqual(client.ownChanges.confirmed("amanat.transfer", [42]), { expected: false, crossed: false });
});

test("the memory of own saves is bounded", () => {
    client.saving("amanat.transfer", Array.from({ length: 5000 }, (_, index) => index + 1));
    client.saving("amanat.transfer", [9000]);
    assert.equal(client.ownChanges.confirmed("amanat.transfer", [1]).expected, false);
    assert.equal(client.ownChanges.confirmed("amanat.transfer", [9000]).expected, true);
});

test("custom events reach the listeners of their action until they leave", () => {
    const leave = client.on("transfer_ready", ({ records }) => void heard.push(records.length));
    client.on("something_else", () => void heard.push("wrong"));
    world.socket.say(sample("event"));
    leave();
    world.socket.say(sample("event"));
    assert.deepEqual(heard, [1]);
});

test("a view that fails does not keep the others from hearing", () => {
    client.watch(SPEC, { update: () => { throw new Error("broken"); } }, client.mark());
    client.watch(SPEC, listener(), client.mark());
    open({ ref: "list-1" });
    open({ ref: "list-2" });
    world.socket.say(sample("list_update"));
    assert.deepEqual(heard, [["view", "update", [42]]]);
    assert.equal(world.warnings.length, 1);
});

test("types of a later server are ignored", () => {
    world.socket.say({ type: "presence_state", offset: 1050 });
    assert.equal(client.state, "live");
    assert.equal(client.mark()?.offset, 1050);
});

test("own data from another tab arrives like any other, marked own", () => {
    /** @type {unknown[]} */
    const marks = [];
    client.watch(SPEC, { update: ({ own }) => void marks.push(own) }, client.mark());
    open();
    world.socket.say(sample("list_update-own"));
    assert.deepEqual(marks, [true]);
});
