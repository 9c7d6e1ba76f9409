import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Connection } from "../src/connection.js";
import { FakeWorld, sample, settle } from "./fakes.js";

/** @type {FakeWorld} */
let world;
/** @type {Connection} */
let connection;
let seen = 0;

beforeEach(() => {
    seen = 0;
    world = new FakeWorld();
    connection = newPage();
});

function newPage() {
    const port = {
        token: async () => ({ token: "t", url: "ws://bridge/amanat.v1", expires_in: 300 }),
        origin: sample("hello").origin,
        receive: () => {},
        isOfResuming: () => false,
        changed: () => {},
    };
    return new Connection(port, world.environment, world.log);
}

/** Which ways were tried since the last time. */
function tried() {
    const since = world.sockets.slice(seen);
    seen = world.sockets.length;
    return since.map(({ protocol }) => protocol);
}

async function start() {
    connection.start();
    await settle();
}

async function welcome() {
    world.socket.accept();
    world.socket.say(sample("welcome"));
    await settle();
}

/** A page whose WebSockets are blocked, and which has found the stream. */
async function streaming() {
    await start();
    world.socket.refuse();
    await world.clock.pass(250);
    world.socket.refuse();
    await welcome();
    tried();
}

test("a WebSocket comes first", async () => {
    await start();
    assert.deepEqual(tried(), ["amanat.v1"]);
});

test("after two silent attempts the stream is tried at once, with the same token", async () => {
    await start();
    world.socket.refuse();
    await world.clock.pass(250);
    world.socket.refuse();
    world.socket.accept();
    assert.equal(world.socket.sent[0].token, "t");
    assert.deepEqual(tried(), ["amanat.v1", "amanat.v1", "stream"]);
});

test("a bridge that is away answers on neither way: each attempt begins with a WebSocket", async () => {
    await start();
    for (let attempt = 0; attempt < 4; attempt++) {
        world.refuse();
        await world.clock.pass(30_000);
    }
    assert.deepEqual(tried(), [
        "amanat.v1", "amanat.v1", "stream", "amanat.v1", "stream", "amanat.v1", "stream", "amanat.v1",
    ]);
});

test("a page to which a WebSocket has come through waits for five silent attempts", async () => {
    await start();
    await welcome();
    tried();
    for (let attempt = 0; attempt < 6; attempt++) {
        world.refuse();
        await world.clock.pass(30_000);
    }
    assert.deepEqual(tried(), [...Array(5).fill("amanat.v1"), "stream", "amanat.v1"]);
});

test("what the server refuses is not silence", async () => {
    await start();
    for (let attempt = 0; attempt < 4; attempt++) {
        world.socket.accept();
        world.socket.hangUp(4029);
        await world.clock.pass(60_000);
    }
    assert.deepEqual(new Set(tried()), new Set(["amanat.v1"]));
});

test("a proxy that opens WebSockets and lets nothing through is found out, too", async () => {
    await start();
    world.socket.accept();
    await world.clock.pass(30_250);
    world.socket.accept();
    await world.clock.pass(30_000);
    assert.deepEqual(tried(), ["amanat.v1", "amanat.v1", "stream"]);
});

test("the stream that works comes first for ten minutes", async () => {
    await streaming();
    for (let attempt = 0; attempt < 3; attempt++) {
        world.socket.hangUp(1006);
        await world.clock.pass(1000);
        await welcome();
    }
    assert.deepEqual(tried(), ["stream", "stream", "stream"]);
});

test("after ten minutes the next reconnect tries a WebSocket, once", async () => {
    await streaming();
    await world.clock.sleep(600_000);
    world.socket.hangUp(1006);
    await world.clock.pass(1000);
    world.socket.refuse();
    assert.deepEqual(tried(), ["amanat.v1", "stream"]);
});

test("a new page of the same tab remembers", async () => {
    await streaming();
    connection.stop("left");
    connection = newPage();
    await start();
    assert.deepEqual(tried(), ["stream"]);
});

test("a network that lets WebSockets through again gets them back when the stream fails", async () => {
    await streaming();
    world.socket.hangUp(1006);
    await world.clock.pass(250);
    world.socket.refuse();
    await welcome();
    world.socket.hangUp(1006);
    await world.clock.pass(250);
    assert.deepEqual(tried(), ["stream", "amanat.v1", "amanat.v1"]);
});

test("a browser that forbids storage finds the stream on every page", async () => {
    world.environment.storage.getItem = () => { throw new Error("denied"); };
    world.environment.storage.setItem = () => { throw new Error("denied"); };
    connection = newPage();
    await streaming();
    world.socket.hangUp(1006);
    await world.clock.pass(250);
    assert.deepEqual(tried(), ["stream"]);
});

test("stopping in the middle tries no other way", async () => {
    await start();
    world.refuse();
    await world.clock.pass(250);
    tried();
    connection.stop("test");
    await world.clock.pass(60_000);
    assert.deepEqual(tried(), []);
});

test("a stream is given back while nobody looks, and opened again when somebody does", async () => {
    await streaming();
    world.hidden = true;
    connection.hid();
    await world.clock.pass(10_000);
    assert.equal(world.socket.readyState, 3);
    assert.equal(connection.state, "idle");
    await world.clock.pass(120_000);
    assert.deepEqual(tried(), []);

    world.hidden = false;
    connection.woke();
    await world.clock.pass(250);
    assert.deepEqual(tried(), ["stream"]);
});

test("a look away of some seconds costs nothing", async () => {
    await streaming();
    world.hidden = true;
    connection.hid();
    await world.clock.pass(9000);
    world.hidden = false;
    await world.clock.pass(5000);
    assert.equal(connection.state, "live");
});

test("a stream that is lost while nobody looks waits for somebody", async () => {
    await streaming();
    world.hidden = true;
    world.socket.hangUp(1006);
    await world.clock.pass(60_000);
    assert.deepEqual(tried(), []);
    assert.equal(connection.state, "idle");
});

test("a WebSocket is kept, whether or not somebody looks", async () => {
    await start();
    await welcome();
    world.hidden = true;
    connection.hid();
    await world.clock.pass(30_000);
    assert.equal(connection.state, "live");
});

test("a phone gives back a WebSocket 30 s after somebody last looked, and opens one when somebody looks again", async () => {
    world.phone = true;
    await start();
    await welcome();
    world.hidden = true;
    connection.hid();
    await world.clock.pass(29_999);
    assert.equal(connection.state, "live");
    await world.clock.pass(1);
    assert.equal(connection.state, "idle");
    assert.equal(world.socket.readyState, 3);
    tried();
    await world.clock.pass(120_000);
    assert.deepEqual(tried(), []);

    world.hidden = false;
    connection.woke();
    await world.clock.pass(250);
    assert.deepEqual(tried(), ["amanat.v1"]);
});

test("a phone that comes back to the bridge while nobody looks gives the connection back as well", async () => {
    world.phone = true;
    await start();
    world.hidden = true;
    await welcome();
    await world.clock.pass(30_000);
    assert.equal(connection.state, "idle");
});

test("a phone that nobody looks at does not go on asking a bridge that is away", async () => {
    world.phone = true;
    await start();
    await welcome();
    world.hidden = true;
    connection.hid();
    await world.clock.pass(29_000);
    world.socket.hangUp(1006);
    await world.clock.pass(1000);
    assert.equal(connection.state, "connecting", "an attempt is on its way when the 30 s are over");
    world.refuse();
    tried();
    await world.clock.pass(120_000);
    assert.deepEqual(tried(), []);
    assert.equal(connection.state, "idle");
});
