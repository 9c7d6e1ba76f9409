import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeWorld, reconnect, sample, startedClient, welcome } from "./fakes.js";

const { epoch } = sample("welcome");
const { rights } = sample("ok-watch");
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

function watched(name = "view") {
    return client.watch(SPEC, {
        opened: () => void heard.push([name, "opened"]),
        update: ({ op, offset }) => void heard.push([name, op, offset]),
        gone: ({ op }) => void heard.push([name, op]),
        stale: (why) => void heard.push([name, "stale", why]),
        receipt: ({ ids }, { expected }) => void heard.push([name, "receipt", ids, expected]),
    }, client.mark());
}

/**
 * @param {string} name
 * @param {object} [differing]
 */
function say(name, differing) {
    world.socket.say({ ...sample(name), ...differing });
}

/** What the last session's watches of this ref brought with them. */
function brought(ref = "list-1") {
    return world.socket.sentOf("watch").filter((it) => it.ref === ref).map(({ resume }) => resume);
}

/** A watch at 1041 that has lost its connection and is asked for again. */
async function resuming() {
    const unwatch = watched();
    say("ok-watch");
    await reconnect(world);
    heard = [];
    return unwatch;
}

test("a watch is asked for again as the protocol's sample shows", async () => {
    await resuming();
    assert.deepEqual(world.socket.sent.at(-1), sample("watch-resume"));
});

test("what was missed is drawn like any change, and nothing is read", async () => {
    await resuming();
    say("ok-watch", { offset: 1044, feed: 9 });
    say("list_update", { feed: 9 });
    say("list_update-leave", { feed: 9 });
    say("resumed");
    assert.deepEqual(heard, [["view", "opened"], ["view", "update", 1042], ["view", "leave"]]);
});

test("where nothing happened nothing is heard", async () => {
    await resuming();
    say("ok-watch");
    say("resumed");
    assert.deepEqual(heard, [["view", "opened"]]);
});

test("what cannot be told is read again", async () => {
    await resuming();
    say("ok-watch", { offset: 1052 });
    say("reset-resume");
    assert.deepEqual(heard, [["view", "opened"], ["view", "stale", "resume"]]);
    await reconnect(world);
    assert.deepEqual(brought(), [{ epoch, offset: 1052, rights }]);
});

test("the offset of a watch follows its connection", async () => {
    watched();
    say("ok-watch");
    say("form_update", { offset: 1050 });
    await reconnect(world);
    assert.deepEqual(brought(), [{ epoch, offset: 1049, rights }]);

    say("ok-watch", { offset: 1060 });
    say("resumed", { offset: 1061 });
    world.socket.say({ type: "pong", offset: 1070 });
    await reconnect(world);
    assert.deepEqual(brought(), [{ epoch, offset: 1070, rights }]);
});

test("a watch that nothing followed stands where it was resumed", async () => {
    await resuming();
    say("ok-watch", { offset: 1060 });
    say("resumed", { offset: 1061 });
    await reconnect(world);
    assert.deepEqual(brought(), [{ epoch, offset: 1061, rights }]);
});

test("a watch that is new stands at its ok, however little the connection has heard", async () => {
    watched();
    say("ok-watch", { offset: 1055 });
    await reconnect(world);
    assert.deepEqual(brought(), [{ epoch, offset: 1055, rights }]);
});

test("a connection lost in the middle asks for the same again", async () => {
    await resuming();
    say("ok-watch", { offset: 1060, rights: "new", feed: 9 });
    say("list_update", { feed: 9, offset: 1059 });
    world.socket.say({ type: "heartbeat", offset: 1070 });
    await reconnect(world);
    assert.deepEqual(brought(), [{ epoch, offset: 1041, rights }]);
});

test("a connection lost twice, the second time before an answer, asks for the same again", async () => {
    await resuming();
    world.socket.say({ type: "heartbeat", offset: 1070 });
    await reconnect(world);
    assert.deepEqual(brought(), [{ epoch, offset: 1041, rights }]);
});

test("what a watch resumes proves nothing for another one", async () => {
    watched("one");
    watched("two");
    say("ok-watch", { ref: "list-1", feed: 3 });
    say("ok-watch", { ref: "list-2", feed: 4 });
    await reconnect(world);
    say("ok-watch", { ref: "list-1", feed: 3, offset: 1060 });
    say("ok-watch", { ref: "list-2", feed: 4, offset: 1050 });
    say("resumed", { ref: "list-2", offset: 1050 });
    say("list_update", { feed: 3, offset: 1059 });
    await reconnect(world);
    assert.deepEqual(brought("list-2"), [{ epoch, offset: 1050, rights }]);
});

test("the stamp of rights is that of the last ok whose watch was resumed", async () => {
    await resuming();
    say("ok-watch", { rights: "new" });
    say("resumed", { offset: 1041 });
    await reconnect(world);
    assert.deepEqual(brought(), [{ epoch, offset: 1041, rights: "new" }]);
});

test("a watch that Odoo could not answer for asks for the same again", async () => {
    await resuming();
    say("error", { code: "unavailable" });
    await world.clock.pass(2500);
    assert.deepEqual(brought(), [{ epoch, offset: 1041, rights }, { epoch, offset: 1041, rights }]);
});

test("a watch that waits for Odoo is not asked for twice in a new session", async () => {
    watched();
    say("error", { code: "unavailable" });
    await world.clock.pass(1800);
    world.socket.hangUp(1006);
    await world.clock.pass(250);
    await welcome(world);
    await world.clock.pass(5000);
    assert.equal(world.socket.sentOf("watch").length, 1);
});

test("a watch closed while it resumes hears nothing more", async () => {
    const unwatch = await resuming();
    say("ok-watch", { offset: 1060, feed: 9 });
    unwatch();
    say("list_update", { feed: 9 });
    say("resumed");
    assert.deepEqual(heard, [["view", "opened"]]);
    await reconnect(world);
    assert.deepEqual(brought(), []);
});

test("a watch closed while there is no connection is not asked for again", async () => {
    const unwatch = watched();
    say("ok-watch");
    world.socket.hangUp(1006);
    unwatch();
    await world.clock.pass(1000);
    await welcome(world);
    assert.deepEqual(brought(), []);
});

test("in another epoch every watch is new, and its view reads again", async () => {
    watched();
    say("ok-watch");
    await reconnect(world, { epoch: "p2", offset: 3 });
    assert.deepEqual(brought(), [undefined]);
    heard = [];
    say("ok-watch", { offset: 4 });
    assert.deepEqual(heard, [["view", "opened"], ["view", "stale", "reconnected"]]);
    await reconnect(world, { epoch: "p2", offset: 4 });
    assert.deepEqual(brought(), [{ epoch: "p2", offset: 4, rights }]);
});

test("a server that gives no stamp knows no resume: the view reads again", async () => {
    watched();
    say("ok-watch", { rights: undefined });
    await reconnect(world);
    assert.deepEqual(brought(), [undefined]);
    heard = [];
    say("ok-watch", { rights: undefined });
    assert.deepEqual(heard, [["view", "opened"], ["view", "stale", "reconnected"]]);
});

test("a server that knew resume and does not any more makes the view read again", async () => {
    await resuming();
    say("ok-watch", { rights: undefined });
    assert.deepEqual(heard, [["view", "opened"], ["view", "stale", "reconnected"]]);
});

test("what is read again after a reset holds all up to it: the reset does not come a second time", async () => {
    watched();
    say("ok-watch");
    say("reset", { offset: 1062 });
    await reconnect(world);
    assert.deepEqual(brought(), [{ epoch, offset: 1062, rights }]);
});

test("a watch that is behind stays there until it is reset, whatever its connection hears", async () => {
    watched();
    say("ok-watch");
    world.socket.say({ type: "heartbeat", offset: 1050 });
    world.socket.say({ type: "behind", feed: 3, offset: 1045 });
    world.socket.say({ type: "heartbeat", offset: 1060 });
    await reconnect(world);
    assert.deepEqual(brought(), [{ epoch, offset: 1045, rights }]);

    say("ok-watch", { offset: 1061 });
    world.socket.say({ type: "behind", feed: 3, offset: 1061 });
    say("resumed", { offset: 1061 });
    await reconnect(world);
    assert.deepEqual(brought(), [{ epoch, offset: 1045, rights }]);

    say("ok-watch", { offset: 1061 });
    world.socket.say({ type: "behind", feed: 3, offset: 1061 });
    say("reset", { offset: 1062 });
    await reconnect(world);
    assert.deepEqual(brought(), [{ epoch, offset: 1062, rights }]);
});

test("events that were missed are heard, and asked for until they are all there", async () => {
    client.on("transfer_ready", ({ offset }) => void heard.push(offset));
    await reconnect(world);
    say("event", { offset: 1043 });
    assert.deepEqual(heard, [1043]);
    world.socket.hangUp(1006);
    await world.clock.pass(1000);
    world.socket.accept();
    assert.deepEqual(world.socket.sentOf("hello")[0].resume, sample("hello").resume);
});

test("a save whose receipt was missed is not taken for a later one's", async () => {
    const unwatch = watched();
    say("ok-watch");
    client.saving("amanat.transfer", [42]);
    await reconnect(world);
    say("ok-watch");
    say("resumed");
    heard = [];
    say("receipt");
    assert.deepEqual(heard, [["view", "receipt", [42], false]]);
    unwatch();
});

test("a page that wakes up resumes by itself", async () => {
    watched();
    say("ok-watch");
    world.wake();
    await world.clock.pass(3250);
    await welcome(world);
    assert.deepEqual(brought(), [{ epoch, offset: 1041, rights }]);
});
