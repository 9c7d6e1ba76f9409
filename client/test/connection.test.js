import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Connection } from "../src/connection.js";
import { FakeWorld, sample, settle } from "./fakes.js";

const ORIGIN = sample("hello").origin;
/** @type {FakeWorld} */
let world;
/** @type {any[]} */
let grants;
/** @type {any[]} */
let received;
/** @type {Connection} */
let connection;

beforeEach(() => {
    world = new FakeWorld();
    grants = [];
    received = [];
    let tokens = 0;
    const port = {
        token: async () => grants.shift()?.() ?? { token: `t${++tokens}`, url: "ws://bridge/amanat.v1", expires_in: 300 },
        origin: ORIGIN,
        receive: (/** @type {any} */ frame) => void received.push(frame),
        isOfResuming: () => false,
        changed: () => {},
    };
    connection = new Connection(port, world.environment, world.log);
});

async function goLive() {
    connection.start();
    await settle();
    world.socket.accept();
    world.socket.say(sample("welcome"));
}

test("the first frame is hello, with a fresh token and this tab's origin", async () => {
    connection.start();
    await settle();
    world.socket.accept();

    assert.deepEqual(world.socket.sent, [{ type: "hello", token: "t1", origin: ORIGIN }]);
    assert.equal(world.socket.protocol, "amanat.v1");
    assert.equal(connection.state, "greeting");
});

test("it is live after welcome, not before", async () => {
    await goLive();
    assert.equal(connection.state, "live");
});

test("nothing but hello is sent before welcome", async () => {
    connection.start();
    await settle();
    world.socket.accept();
    assert.equal(connection.send({ type: "watch" }), false);
    assert.equal(world.socket.sent.length, 1);
});

test("a lost connection comes back after the jittered delay and says what it knows", async () => {
    await goLive();
    world.socket.say({ type: "heartbeat", offset: 1060 });
    world.socket.hangUp(1006);
    assert.deepEqual(world.clock.waiting, [250]);

    await world.clock.pass(250);
    world.socket.accept();
    assert.deepEqual(world.socket.sent[0].resume, { ...sample("hello").resume, offset: 1060 });
});

test("failed attempts come later and later; welcome starts over", async () => {
    connection.start();
    await settle();
    const delays = [];
    for (let attempt = 0; attempt < 10; attempt++) {
        world.refuse();
        delays.push(world.clock.waiting[0]);
        await world.clock.pass(30_000);
    }
    assert.deepEqual(delays, [250, 750, 750, 1500, 1500, 3000, 6000, 12_000, 22_500, 22_500]);

    world.socket.accept();
    world.socket.say(sample("welcome"));
    world.socket.hangUp(1001);
    assert.equal(world.clock.waiting[0], 250);
});

test("a connection that the browser forbids without closing it is an outage, too", async () => {
    connection.start();
    await settle();
    world.socket.forbid();
    assert.equal(connection.state, "waiting");
    await world.clock.pass(250);
    world.socket.accept();
    assert.equal(connection.state, "greeting");
});

test("a refused connection is one failure, though it is told of twice", async () => {
    connection.start();
    await settle();
    world.socket.refuse();
    assert.deepEqual(world.clock.waiting, [250]);
    await world.clock.pass(250);
    world.refuse();
    assert.deepEqual(world.clock.waiting, [750]);
});

test("an error of an open connection waits for its close, which says more", async () => {
    await goLive();
    world.socket.onerror();
    assert.equal(connection.state, "live");
    world.socket.hangUp(4003);
    assert.equal(connection.state, "outdated");
});

const STEPS = {
    "Odoo, asked for a token,": () => void grants.push(() => new Promise(() => {})),
    "a bridge that is connected to": () => {},
    "a bridge that was greeted": () => setImmediate(() => world.socket.accept()),
};

for (const [who, until] of Object.entries(STEPS)) {
    test(`${who} and never answers is given up after half a minute`, async () => {
        until();
        connection.start();
        await settle();
        await settle();
        const { state } = connection;
        await world.clock.pass(29_999);
        assert.equal(connection.state, state);
        await world.clock.pass(1);
        assert.equal(connection.state, "waiting");
        assert.deepEqual(world.clock.waiting, [250]);

        await world.clock.pass(250);
        world.socket.accept();
        world.socket.say(sample("welcome"));
        assert.equal(connection.state, "live");
    });
}

test("what Odoo answers after it was given up opens nothing", async () => {
    /** @type {(grant: any) => void} */
    let answer = () => {};
    grants.push(() => new Promise((resolve) => (answer = resolve)));
    connection.start();
    await world.clock.pass(30_000);
    answer({ token: "late", url: "ws://bridge/amanat.v1", expires_in: 300 });
    await settle();
    assert.equal(world.sockets.length, 0);
    assert.equal(connection.state, "waiting");
});

test("an unreachable Odoo is asked again for a token", async () => {
    grants.push(() => Promise.reject(new Error("down")));
    connection.start();
    await settle();
    assert.equal(connection.state, "waiting");
    await world.clock.pass(1000);
    assert.equal(world.sockets.length, 1);
});

test("a user who gets no token is left alone", async () => {
    grants.push(() => false);
    connection.start();
    await settle();
    assert.equal(connection.state, "stopped");
    assert.deepEqual(world.clock.waiting, []);
});

test("an expired session asks for a new token; refused twice it waits long, but never gives up", async () => {
    await goLive();
    world.socket.hangUp(4001);
    assert.deepEqual(world.clock.waiting, [250]);
    await world.clock.pass(250);
    world.socket.accept();
    assert.equal(world.socket.sent[0].token, "t2");

    world.socket.hangUp(4001);
    assert.deepEqual(world.clock.waiting, [45_000]);
});

const revoked = (reconnect_after = 11_000) => {
    world.socket.say({ type: "bye", code: "token_revoked", reason: "this login has ended", reconnect_after });
    world.socket.hangUp(4001);
};

test("a revoked token is replaced, not before a new one is worth asking for", async () => {
    await goLive();
    revoked();
    assert.deepEqual(world.clock.waiting, [11_250]);
    await world.clock.pass(11_250);
    world.socket.accept();
    assert.equal(world.socket.sent[0].token, "t2");
});

test("whoever is revoked again on the way back comes back again", async () => {
    await goLive();
    revoked();
    await world.clock.pass(11_250);
    world.socket.accept();
    revoked(8000);
    assert.deepEqual(world.clock.waiting, [8250]);
    await world.clock.pass(8250);
    world.socket.accept();
    assert.equal(world.socket.sent[0].token, "t3");
});

test("who is refused with a token that should be good, for Odoo's clock is far behind, waits long, but never gives up", async () => {
    await goLive();
    revoked();
    await world.clock.pass(11_250);
    world.socket.accept();
    revoked(0);
    assert.deepEqual(world.clock.waiting, [45_000]);
});

test("a login that has ended gets no new token, and its tab stops", async () => {
    await goLive();
    grants.push(() => false);
    revoked();
    await world.clock.pass(11_250);
    assert.equal(connection.state, "stopped");
});

test("what would only fail again is not repeated", async () => {
    for (const code of [1002, 1003, 1007, 1009, 4000]) {
        await goLive();
        world.socket.hangUp(code);
        assert.equal(connection.state, "stopped", `after ${code}`);
        assert.deepEqual(world.clock.waiting, [], `after ${code}`);
    }
});

test("an older page is told apart from an outage", async () => {
    await goLive();
    world.socket.hangUp(4003);
    assert.equal(connection.state, "outdated");
});

test("bye says how long to stay away", async () => {
    await goLive();
    world.socket.say({ ...sample("bye"), reconnect_after: 7000 });
    world.socket.hangUp(1001);
    assert.deepEqual(world.clock.waiting, [7250]);
});

test("a bridge that says when to come back has answered: the next attempt is not put off for those that failed before", async () => {
    await failed(7);
    await world.clock.pass(6000);
    world.socket.accept();
    world.socket.say({ ...sample("bye"), reconnect_after: 7000 });
    world.socket.hangUp(1013);
    assert.deepEqual(world.clock.waiting, [7250]);
});

test("the token is renewed in time, and again", async () => {
    await goLive();
    world.socket.say({ type: "heartbeat", offset: 1041 });
    const beat = async (/** @type {number} */ ms) => {
        for (let rest = ms; rest > 0; rest -= 20_000) {
            await world.clock.pass(Math.min(rest, 20_000));
            world.socket.say({ type: "heartbeat", offset: 1041 });
        }
    };
    await beat(186_000);
    assert.deepEqual(world.socket.sent.slice(0), [
        { type: "hello", token: "t1", origin: ORIGIN },
    ]);
    await beat(2000);
    assert.deepEqual(world.socket.sentOf("token"), [{ type: "token", token: "t2" }]);
    await beat(188_000);
    assert.deepEqual(world.socket.sentOf("token").at(-1), { type: "token", token: "t3" });
});

test("a token can be renewed at once, and the next renewal counts from there", async () => {
    await goLive();
    await connection.renew();
    assert.deepEqual(world.socket.sentOf("token"), [{ type: "token", token: "t2" }]);
    assert.deepEqual(world.clock.waiting.filter((delay) => delay > 60_000), [187_500]);
});

test("without a connection there is nothing to renew", async () => {
    await goLive();
    connection.stop("test");
    await connection.renew();
    assert.deepEqual(world.clock.waiting, []);
});

test("a renewal that fails is tried again some seconds later", async () => {
    await goLive();
    grants.push(() => Promise.reject(new Error("down")));
    connection.watchdog.stop();
    await world.clock.pass(188_000);
    assert.deepEqual(world.socket.sentOf("token"), []);
    await world.clock.pass(8000);
    assert.deepEqual(world.socket.sentOf("token").length, 1);
});

test("silence is answered by a ping, and further silence by a new connection", async () => {
    await goLive();
    await world.clock.pass(37_500);
    assert.equal(world.socket.sentOf("ping").length, 1);
    await world.clock.pass(10_000);
    assert.equal(connection.state, "waiting");
});

test("a pong keeps the connection", async () => {
    await goLive();
    await world.clock.pass(37_500);
    await world.clock.pass(1000);
    world.socket.say({ type: "pong", offset: 1041 });
    await world.clock.pass(10_000);
    assert.equal(connection.state, "live");
});

test("what a dropped socket still says is not heard", async () => {
    await goLive();
    const old = world.socket;
    connection.stop("test");
    old.say(sample("list_update"));
    old.hangUp(1006);
    assert.deepEqual(received, []);
    assert.equal(connection.state, "stopped");
});

test("stopping while the token is on its way opens nothing", async () => {
    connection.start();
    connection.stop("test");
    await settle();
    assert.equal(world.sockets.length, 0);
});

async function failed(/** @type {number} */ attempts) {
    connection.start();
    await settle();
    for (let attempt = 0; attempt < attempts; attempt++) {
        await world.clock.pass(attempt ? 30_000 : 0);
        world.refuse();
    }
}

test("who waits for it shortens the pause", async () => {
    await failed(7);
    assert.deepEqual(world.clock.waiting, [6000]);
    connection.hurry();
    assert.deepEqual(world.clock.waiting, [250]);
});

test("nobody shortens the pause that the server asked for", async () => {
    await goLive();
    world.socket.say({ ...sample("bye"), reconnect_after: 7000 });
    world.socket.hangUp(1001);
    await world.clock.pass(1000);
    connection.hurry();
    assert.deepEqual(world.clock.waiting, [6250]);
});

test("who was too many does not come back sooner because it is looked at", async () => {
    await goLive();
    world.socket.hangUp(4029);
    await world.clock.pass(5000);
    connection.woke();
    assert.deepEqual(world.clock.waiting, [40_250]);
});

test("who has too many connections comes back late, however often it is refused", async () => {
    const bye = { ...sample("bye"), code: "too_many_user_sessions", reconnect_after: 31_000 };
    connection.start();
    for (let refusals = 1; refusals <= 3; refusals++) {
        await settle();
        world.socket.accept();
        world.socket.say(bye);
        world.socket.hangUp(4029);
        assert.equal(world.sockets.length, refusals);
        assert.deepEqual(world.clock.waiting, [76_000]);
        await world.clock.pass(76_000);
    }
});

test("a page that woke up asks whether the other side is there, and waits three seconds", async () => {
    await goLive();
    connection.woke();
    assert.equal(world.socket.sentOf("ping").length, 1);
    await world.clock.pass(3000);
    assert.equal(connection.state, "waiting");
});

test("an answer after waking up keeps the connection", async () => {
    await goLive();
    connection.woke();
    await world.clock.pass(100);
    world.socket.say({ type: "pong", offset: 1041 });
    await world.clock.pass(4900);
    assert.equal(connection.state, "live");
});

test("timers that ring late say that the machine slept, though nothing else does", async () => {
    await goLive();
    await world.clock.pass(4000);
    await world.clock.sleep(3_600_000);
    assert.equal(world.socket.sentOf("ping").length, 1);
    await world.clock.pass(3000);
    assert.equal(connection.state, "waiting");
});

test("a connection that was closed while the page slept is opened at once", async () => {
    await goLive();
    world.socket.readyState = 3;
    connection.woke();
    assert.equal(connection.state, "waiting");
    assert.deepEqual(world.clock.waiting, [250]);
});

test("an attempt that was on its way before the sleep is begun again, a new one is not", async () => {
    connection.start();
    await settle();
    connection.woke();
    assert.equal(connection.state, "connecting");
    await world.clock.pass(6000);
    connection.woke();
    assert.equal(connection.state, "waiting");
});

test("so is one that was given back before it was there: the page was left, and came out of the browser's cache", async () => {
    connection.start();
    await settle();
    world.socket.readyState = 3;
    connection.woke();
    assert.equal(connection.state, "waiting");
});

test("coming back does not ask Odoo for a token as long as there is a good one", async () => {
    await goLive();
    world.socket.hangUp(1006);
    await world.clock.pass(250);
    world.socket.accept();
    assert.equal(world.socket.sent[0].token, "t1");
});

test("a token is not kept for longer than three quarters of its life", async () => {
    await goLive();
    connection.renewal.stop();
    await world.clock.sleep(225_000);
    world.socket.hangUp(1006);
    await world.clock.pass(250);
    world.socket.accept();
    assert.equal(world.socket.sent[0].token, "t2");
});

test("each fifth attempt in a row asks Odoo, which may have another address by now", async () => {
    await failed(5);
    await world.clock.pass(30_000);
    world.socket.accept();
    assert.equal(world.socket.sent[0].token, "t2");
});

test("a frame that is not JSON is ignored", async () => {
    await goLive();
    world.socket.onmessage({ data: "{nonsense" });
    assert.deepEqual(received, []);
    assert.equal(connection.state, "live");
});
