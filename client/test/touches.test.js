import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeWorld, reconnect, sample, startedClient, welcome } from "./fakes.js";

const SPEC = { model: "amanat.transfer", id: 42, fields: ["amount"] };
const FORM = /** @type {const} */ ({ view: "form", model: "amanat.transfer", id: 42, presence: true });
const LIST = /** @type {const} */ ({ view: "list", model: "amanat.transfer", presence: true });
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

/** @returns {import("../src/touches.js").TouchHandlers} */
function listener(name = "form") {
    return {
        opened: (fields) => void heard.push([name, "opened", fields]),
        conflict: ({ fields, own, reread }) => void heard.push([name, "conflict", fields, own ?? false, reread ?? []]),
        stale: (why) => void heard.push([name, "stale", why]),
        refused: ({ code }) => void heard.push([name, "refused", code]),
    };
}

test("a touch is said as the protocol's sample shows, and taken back", () => {
    const { type: _type, ref: _ref, ...spec } = sample("touch");
    const touch = client.touch(spec);
    assert.deepEqual(world.socket.sent.at(-1), sample("touch"));
    touch.end();
    assert.deepEqual(world.socket.sent.at(-1), sample("untouch"));
});

test("a touch learns which of its fields count", () => {
    client.touch({ ...SPEC, fields: ["amount", "note", "secret"] }, listener());
    world.socket.say(sample("ok-touch"));
    assert.deepEqual(heard, [["form", "opened", ["amount", "note"]]]);
});

test("a conflict names what was touched, and nothing else", () => {
    client.touch(SPEC, listener());
    world.socket.say(sample("ok-touch"));
    world.socket.say(sample("conflict"));
    world.socket.say(sample("conflict-own"));
    world.socket.say({ ...sample("conflict"), fields: { note: { theirs: "x" } } });
    assert.deepEqual(heard.slice(1), [
        ["form", "conflict", { amount: { base: 9, theirs: 10.5 } }, false, []],
        ["form", "conflict", { amount: { theirs: 10.5 } }, true, []],
    ]);
});

test("what depends on the reader is to be read", () => {
    client.touch({ ...SPEC, fields: ["label"] }, listener());
    world.socket.say(sample("ok-touch"));
    world.socket.say(sample("conflict-own"));
    assert.deepEqual(heard.at(-1), ["form", "conflict", { label: {} }, true, ["label"]]);
});

test("fields touched at once are said in one message, and only when they differ", async () => {
    const touch = client.touch(SPEC);
    touch.set(["amount", "note"]);
    touch.set(["amount", "note", "date"]);
    await world.clock.pass(0);
    touch.set(["date", "note", "amount"]);
    await world.clock.pass(0);
    assert.deepEqual(
        world.socket.sentOf("touch").map(({ fields }) => fields),
        [["amount"], ["amount", "note", "date"]],
    );
});

test("a touch that ended is not said any more", async () => {
    const touch = client.touch(SPEC);
    touch.set(["note"]);
    touch.end();
    await world.clock.pass(0);
    await reconnect(world);
    assert.deepEqual(world.socket.sentOf("touch"), []);
});

test("a new session is told what is edited now", async () => {
    const touch = client.touch(SPEC, listener());
    world.socket.say(sample("ok-touch"));
    touch.set(["note"]);
    await reconnect(world);
    assert.deepEqual(world.socket.sentOf("touch"), [{ type: "touch", ref: "touch-1", ...SPEC, fields: ["note"] }]);
    world.socket.say(sample("conflict"));
    assert.deepEqual(heard.length, 1, "the feed of the last session means nothing");
});

test("a touch that may have missed a conflict says so", () => {
    client.touch(SPEC, listener());
    world.socket.say(sample("ok-touch"));
    world.socket.say({ ...sample("reset"), feed: sample("ok-touch").feed });
    assert.deepEqual(heard.at(-1), ["form", "stale", "deleted"]);
});

test("a touch that is refused, or withdrawn later, is over", async () => {
    client.touch(SPEC, listener());
    world.socket.say(sample("ok-touch"));
    world.socket.say({ ...sample("error"), ref: "touch-1", code: "read_only" });
    assert.deepEqual(heard.at(-1), ["form", "refused", "read_only"]);
    await reconnect(world);
    assert.deepEqual(world.socket.sentOf("touch"), []);
});

test("a touch that Odoo could not answer for is said again some seconds later", async () => {
    client.touch(SPEC, listener());
    world.socket.say({ ...sample("error"), ref: "touch-1", code: "unavailable" });
    await world.clock.pass(2500);
    assert.equal(world.socket.sentOf("touch").length, 2);
    assert.deepEqual(heard, []);
});

/** @param {import("../src/frames.js").WatchSpec} spec */
function watched(spec, name = "view") {
    return client.watch(spec, {
        presence: ({ id, people, more }) => void heard.push([name, id, people, more]),
    }, client.mark());
}

const OTHERS = [{ id: 8, name: "Bobur", editing: ["amount"] }, { id: 9, editing: [] }];

test("a view hears who else is at its record, without this user", () => {
    watched(FORM);
    assert.equal(world.socket.sent.at(-1).presence, true);
    world.socket.say({ ...sample("ok-watch"), ref: "form-1", feed: 4 });
    world.socket.say(sample("presence"));
    world.socket.say({ ...sample("presence"), people: [], more: undefined });
    assert.deepEqual(heard, [["view", 42, OTHERS, 2], ["view", 42, [], 0]]);
});

test("that only this user is there is no news", () => {
    watched(FORM);
    world.socket.say({ ...sample("ok-watch"), ref: "form-1", feed: 4 });
    world.socket.say({ ...sample("presence"), people: [{ user: sample("welcome").user }], more: undefined });
    assert.deepEqual(heard, []);
});

test("a view that does not ask hears nothing of presence", () => {
    watched({ ...FORM, presence: false });
    world.socket.say({ ...sample("ok-watch"), ref: "form-1", feed: 4 });
    world.socket.say(sample("presence"));
    assert.deepEqual(heard, []);
});

test("nobody is anywhere when the connection is lost or the record is out of sight", async () => {
    watched(LIST);
    world.socket.say(sample("ok-watch"));
    world.socket.say({ ...sample("presence"), feed: 3 });
    world.socket.say(sample("list_update-leave"));
    world.socket.say({ ...sample("presence"), feed: 3, id: 44 });
    await reconnect(world);
    assert.deepEqual(heard.map(([, id, people]) => [id, people.length]), [[42, 2], [42, 0], [44, 2], [44, 0]]);
});

test("a view that was closed hears nothing more", () => {
    const close = watched(LIST);
    world.socket.say(sample("ok-watch"));
    world.socket.say({ ...sample("presence"), feed: 3 });
    close();
    world.socket.hangUp(1001);
    assert.equal(heard.length, 1);
});

test("whether anybody is shown at all is known from the welcome", async () => {
    assert.equal(client.showsPresence, true);
    world.socket.say({ ...sample("welcome"), presence: false });
    assert.equal(client.showsPresence, false);
});
