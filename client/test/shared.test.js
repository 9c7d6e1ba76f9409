import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { TALK } from "../src/frames.js";
import { Hub } from "../src/shared/hub.js";
import { whenFree } from "../src/shared/locks.js";
import { SharedSocket } from "../src/shared/shared_socket.js";
import { sharing, workerName } from "../src/shared/sharing.js";
import { FakeClock, FakeSocket, settle } from "./fakes.js";

/** The worker's WebSocket: what it sent is kept as it is. */
class LaneSocket extends FakeSocket {
    /** @type {string[]} */
    lines = [];
    protocol = "";

    send(/** @type {string} */ line) {
        this.lines.push(line);
    }

    accept(protocol = "amanat.v1.shared") {
        this.protocol = protocol;
        super.accept();
    }

    line(/** @type {string} */ data) {
        this.onmessage({ data });
    }
}

/** Locks of one browser: `free` gives one back as the death of its holder does. */
class FakeLocks {
    held = new Set();
    /** @type {Map<string, {shared: boolean, take: () => void}[]>} */
    #waiting = new Map();

    request = async (/** @type {string} */ name, /** @type {any} */ options, /** @type {any} */ callback = options) => {
        if (this.held.has(name)) {
            await new Promise((taken, aborted) => {
                const one = { shared: options.mode === "shared", take: () => taken(undefined) };
                this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), one]);
                options.signal?.addEventListener("abort", () => aborted(new Error("aborted")));
            });
        }
        this.held.add(name);
        await callback();
        this.free(name);
    };

    free(/** @type {string} */ name) {
        this.held.delete(name);
        const [next, ...rest] = this.#waiting.get(name) ?? [];
        const also = rest.filter((one) => next?.shared && one.shared);
        this.#waiting.set(name, rest.filter((one) => !also.includes(one)));
        [next, ...also].forEach((one) => one?.take());
    }
}

/** One browser: tabs, and the worker between them and the bridge. */
class FakeBrowser {
    clock = new FakeClock();
    locks = new FakeLocks();
    /** @type {LaneSocket[]} */
    sockets = [];
    /** @type {FakeSocket[]} */
    own = [];
    unfit = 0;
    withLocks = true;
    /** @type {FakeTab | undefined} */
    tab;
    hub = new Hub({
        open: (url, protocols) => {
            const socket = new LaneSocket(url, String(protocols));
            this.sockets.push(socket);
            return /** @type {any} */ (socket);
        },
        whenFree: (name, freed) => whenFree(/** @type {any} */ (this.locks), name, freed),
        setTimeout: this.clock.setTimeout,
        clearTimeout: this.clock.clearTimeout,
    });

    get socket() {
        const socket = this.sockets.at(-1);
        assert.ok(socket);
        return socket;
    }

    /** @param {(port: MessagePort) => void} [meet]  what the worker does with the tab's port */
    async open(meet = (port) => this.meet(port)) {
        const tab = new FakeTab(this, meet);
        await delivered();
        return tab;
    }

    /** @param {MessagePort} port */
    meet(port) {
        this.hub.connect(port);
        this.locks.held.add("the worker");
        port.postMessage({ here: TALK, lock: this.withLocks ? "the worker" : undefined });
    }
}

class FakeTab {
    page = new EventTarget();
    /** @type {any[]} */
    heard = [];

    /**
     * @param {FakeBrowser} browser
     * @param {(port: MessagePort) => void} meet
     */
    constructor(browser, meet) {
        const [port, far] = FakePort.pair();
        this.port = port;
        /** @type {any} */
        this.worker = { port };
        this.wire = new SharedSocket("ws://bridge/amanat.v1", {
            worker: () => {
                meet(far);
                return this.worker;
            },
            instead: () => {
                const own = new FakeSocket("ws://bridge/amanat.v1", "amanat.v1");
                browser.own.push(own);
                return /** @type {any} */ (own);
            },
            unfit: () => void browser.unfit++,
            locks: /** @type {any} */ (browser.withLocks ? browser.locks : undefined),
            page: this.page,
        });
        this.wire.onopen = () => void this.heard.push("open");
        this.wire.onmessage = ({ data }) => void this.heard.push(data);
        this.wire.onclose = ({ code, reason }) => void this.heard.push([code, reason]);
    }
}

/** One end of a channel: what is said arrives later, and what was said before the end was closed still does. */
class FakePort {
    /** @type {FakePort | undefined} */
    other;
    /** @type {((event: {data: any}) => void) | null} */
    onmessage = null;
    closed = false;

    static pair() {
        const [one, two] = [new FakePort(), new FakePort()];
        one.other = two;
        two.other = one;
        return [/** @type {any} */ (one), /** @type {any} */ (two)];
    }

    postMessage(/** @type {any} */ data) {
        if (!this.closed) {
            queueMicrotask(() => this.other?.closed || this.other?.onmessage?.({ data }));
        }
    }

    close() {
        this.closed = true;
    }
}

/** Everything that was said has arrived. */
const delivered = settle;

/** @type {FakeBrowser} */
let browser;
beforeEach(() => {
    browser = new FakeBrowser();
});

test("three tabs have one socket, and each hears what is said on its lane", async () => {
    const first = await browser.open();
    browser.socket.accept();
    const second = await browser.open();
    const third = await browser.open();
    browser.socket.line("2 open");
    browser.socket.line("3 open");
    browser.socket.line('2 {"type":"pong"}');
    await delivered();

    assert.equal(browser.sockets.length, 1);
    assert.equal(browser.socket.url, "ws://bridge/amanat.v1");
    assert.deepEqual(browser.socket.lines, ["2 open", "3 open"]);
    assert.deepEqual(
        [first, second, third].map((tab) => tab.heard),
        [["open"], ["open", '{"type":"pong"}'], ["open"]],
    );
    first.wire.send("a");
    third.wire.send("b");
    await delivered();
    assert.deepEqual(browser.socket.lines.slice(2), ["1 a", "3 b"]);
    [first, second, third].forEach((tab) => tab.wire.close());
});

test("tabs that come before the socket is open wait for it, and a first one that has gone leaves its lane", async () => {
    const first = await browser.open();
    const second = await browser.open();
    first.wire.close();
    await delivered();
    browser.socket.accept();

    assert.deepEqual(browser.socket.lines, ["2 open", "1 close"]);
    second.wire.close();
});

test("a tab that closes leaves its lane, and the last one the socket", async () => {
    const first = await browser.open();
    browser.socket.accept();
    const second = await browser.open();
    browser.socket.line("2 open");
    first.wire.close();
    await delivered();
    assert.deepEqual(browser.socket.lines.at(-1), "1 close");
    assert.equal(browser.socket.readyState, 1);

    second.page.dispatchEvent(new Event("pagehide"));
    await delivered();
    assert.equal(second.wire.readyState, 3);
    assert.equal(browser.socket.readyState, 3);
    assert.deepEqual(first.heard, ["open"], "whoever closes hears of nothing");
});

test("a tab that crashed is noticed by its lock", async () => {
    const first = await browser.open();
    browser.socket.accept();
    await delivered();
    const [lock] = [...browser.locks.held].filter((name) => name !== "the worker");
    const second = await browser.open();
    browser.socket.line("2 open");
    browser.locks.free(lock);
    await delivered();

    assert.equal(browser.socket.lines.at(-1), "1 close");
    second.wire.close();
    first.wire.close();
});

test("the lock of a tab answers the bridge for it; without locks the tab does, and who does not is gone", async () => {
    const locked = await browser.open();
    browser.socket.accept();
    browser.withLocks = false;
    const awake = await browser.open();
    const asleep = await browser.open();
    asleep.port.onmessage = null;
    browser.socket.lines = [];
    for (const line of ["1 ", "2 ", "3 "]) {
        browser.socket.line(line);
        await delivered();
    }
    assert.deepEqual(browser.socket.lines, ["1 ", "2 "]);
    for (const line of ["1 ", "2 ", "3 "]) {
        browser.socket.line(line);
        await delivered();
    }
    assert.deepEqual(browser.socket.lines.slice(2), ["1 ", "2 ", "3 close"]);
    [locked, awake, asleep].forEach((tab) => tab.wire.close());
});

test("what the bridge says of the end of a lane is heard as of a socket", async () => {
    const tab = await browser.open();
    browser.socket.accept();
    browser.socket.line("1 close 4001 token_expired");
    await delivered();

    assert.deepEqual(tab.heard, ["open", [4001, "token_expired"]]);
    assert.equal(tab.wire.readyState, 3);
    assert.equal(browser.socket.readyState, 3, "no tab, no socket");
});

test("the end of the socket is heard by every tab, and the next to come opens another", async () => {
    const first = await browser.open();
    const second = await browser.open();
    browser.socket.accept();
    browser.socket.hangUp(1001);
    await delivered();
    assert.deepEqual(first.heard, ["open", [1001, ""]]);
    assert.deepEqual(second.heard, [[1001, ""]]);

    const again = await browser.open();
    browser.socket.accept();
    await delivered();
    assert.equal(browser.sockets.length, 2);
    assert.deepEqual(again.heard, ["open"]);
    again.wire.close();
});

test("a socket that takes no further lane is dead: everybody hears it", async () => {
    const first = await browser.open();
    browser.socket.accept();
    await delivered();
    const second = await browser.open();
    await browser.clock.pass(5000);
    await delivered();

    assert.deepEqual(first.heard, ["open", [1006, ""]]);
    assert.deepEqual(second.heard, [[1006, ""]]);
    assert.equal(browser.socket.readyState, 3);
});

test("a socket on which much is said takes its time for a further lane", async () => {
    const first = await browser.open();
    browser.socket.accept();
    const second = await browser.open();
    await browser.clock.pass(4000);
    browser.socket.line('1 {"type":"heartbeat"}');
    await browser.clock.pass(4000);
    browser.socket.line("2 open");
    await delivered();

    assert.deepEqual(second.heard, ["open"]);
    [first, second].forEach((tab) => tab.wire.close());
});

test("a socket that does not open is given up, whoever else has come to wait for it", async () => {
    const first = await browser.open();
    await browser.clock.pass(15_000);
    const second = await browser.open();
    first.wire.close();
    await browser.clock.pass(5000);
    await delivered();

    assert.deepEqual(second.heard, [[1006, ""]]);
    assert.equal(browser.socket.readyState, 3);
});

test("a tab whose worker may not open a socket, of which a browser may tell by an error alone, has one of its own", async () => {
    const tab = await browser.open();
    browser.socket.onerror();
    await delivered();
    const [own] = browser.own;
    assert.ok(own);
    assert.deepEqual([tab.heard, browser.unfit], [[], 0], "it may be the bridge that is away");
    own.accept();

    assert.deepEqual([tab.heard, browser.unfit], [["open"], 1]);
    tab.wire.close();
    assert.equal(own.readyState, 3);
});

test("where nobody comes through the bridge is away, and the worker is not to blame", async () => {
    const tab = await browser.open();
    browser.socket.hangUp(1006);
    await delivered();
    browser.own[0]?.hangUp(1006);

    assert.deepEqual([tab.heard, browser.unfit], [[[1006, ""]], 0]);
});

test("a worker that has come through before is not to blame when the bridge is away", async () => {
    await browser.open();
    browser.socket.accept();
    browser.socket.hangUp(1006);
    await delivered();
    const again = await browser.open();
    browser.socket.onerror();
    await delivered();

    assert.deepEqual([again.heard, browser.own], [[[1006, ""]], []]);
});

test("a tab that says more at once than any bridge hears loses its lane alone", async () => {
    const tab = await browser.open();
    const other = await browser.open();
    browser.socket.accept();
    browser.socket.line("2 open");
    await delivered();
    tab.wire.send("x".repeat(1024 * 1024 + 1));
    await delivered();

    assert.deepEqual(tab.heard.at(-1), [1009, "too long for any bridge"]);
    assert.deepEqual(browser.socket.lines, ["2 open", "1 close"]);
    assert.deepEqual(other.heard, ["open"]);
    other.wire.close();
});

test("what is wrong with the socket stops no tab: each comes back on one of its own; what is wrong with a lane does", async () => {
    const tab = await browser.open();
    const wrong = await browser.open();
    browser.socket.accept();
    browser.socket.line("2 open");
    browser.socket.line("2 close 4000 bad_value");
    browser.socket.hangUp(4000);
    await delivered();

    assert.deepEqual(wrong.heard, ["open", [4000, "bad_value"]]);
    assert.deepEqual(tab.heard, ["open", [1006, ""]]);
    assert.equal(browser.unfit, 1);
});

test("a tab that is too busy to hear of the worker's end keeps no other tab from it", async () => {
    const busy = () => new Promise(() => {});
    browser.locks.held.add("the worker");
    void browser.locks.request("the worker", { mode: "shared" }, busy);
    const tab = await browser.open();
    browser.locks.free("the worker");
    await delivered();
    assert.deepEqual(tab.heard, [[1006, ""]]);
});

test("a tab that does not listen is cut off before much is kept for it", async () => {
    const deaf = await browser.open();
    const other = await browser.open();
    browser.socket.accept();
    browser.socket.line("2 open");
    deaf.port.onmessage = null;
    await delivered();
    const frame = "x".repeat(1_000_000);
    for (let i = 0; i < 9; i++) {
        browser.socket.line(`1 ${frame}`);
        browser.socket.line(`2 ${frame}`);
        await delivered();
    }
    assert.deepEqual(browser.socket.lines.filter((line) => line.endsWith("close")), ["1 close"]);
    assert.equal(other.heard.length, 10);
    other.wire.close();
    deaf.wire.close();
});

test("an older bridge, which knows no lanes, gets a socket of each tab", async () => {
    const tab = await browser.open();
    browser.socket.accept("amanat.v1");
    await delivered();
    const [own] = browser.own;
    assert.ok(own);
    own.accept();
    tab.wire.send('{"type":"ping"}');

    assert.deepEqual(tab.heard, ["open"]);
    assert.equal(tab.wire.readyState, 1);
    assert.deepEqual(own.sent, [{ type: "ping" }]);
    assert.equal(browser.unfit, 1);
    own.hangUp(1006);
    assert.deepEqual(tab.heard.at(-1), [1006, ""]);
});

test("a worker of another version, which talks otherwise, is let alone", async () => {
    const tab = await browser.open((port) => {
        browser.hub.connect(port);
        port.postMessage({ here: TALK + 1, lock: "the worker" });
    });
    assert.equal(browser.own.length, 1);
    assert.equal(browser.sockets.length, 0);
    tab.wire.close();
});

test("a worker that goes elsewhere, cannot be loaded or cannot be made is no loss", async () => {
    const first = await browser.open();
    const [port, far] = FakePort.pair();
    browser.hub.connect(far);
    const answer = new Promise((resolve) => (port.onmessage = (/** @type {MessageEvent} */ { data }) => resolve(data)));
    port.postMessage({ url: "ws://elsewhere" });
    assert.deepEqual(await answer, { refused: "this worker goes elsewhere" });

    const unloadable = await browser.open(() => {});
    unloadable.worker.onerror();
    await browser.open(() => {
        throw new Error("forbidden");
    });
    assert.equal(browser.own.length, 2);
    first.wire.close();
    unloadable.wire.close();
});

test("a worker that died is noticed by its lock, and not tried again", async () => {
    const tab = await browser.open();
    browser.socket.accept();
    await delivered();
    browser.locks.free("the worker");
    await delivered();

    assert.deepEqual(tab.heard, ["open", [1006, ""]]);
    assert.equal(browser.unfit, 1);
});

test("a tab that is refused on the socket of another login has one of its own the next time", async () => {
    const tab = await browser.open();
    browser.socket.accept();
    browser.socket.line("1 close 4009 other_login");
    await delivered();

    assert.deepEqual(tab.heard.at(-1), [4009, "other_login"]);
    assert.equal(browser.unfit, 1);
});

/** @param {object} claims */
function token(claims) {
    return `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.sig`;
}

test("only tabs of one database, user, login and bridge share a worker", () => {
    const claims = { iss: "db/install", sub: "7", sid: "k", name: "Ўткир ?>" };
    const name = workerName(token(claims), "ws://a");
    assert.ok(name);
    assert.equal(workerName(token({ ...claims, jti: "another", companies: [2] }), "ws://a"), name);
    const others = [
        workerName(token({ ...claims, iss: "other/install" }), "ws://a"),
        workerName(token({ ...claims, sub: "8" }), "ws://a"),
        workerName(token({ ...claims, sid: "new login" }), "ws://a"),
        workerName(token(claims), "ws://b"),
    ];
    assert.equal(new Set([name, ...others]).size, 5);
    for (const none of ["", "opaque", "a.b.c", token({}), token({ ...claims, sid: "" })]) {
        assert.equal(workerName(none, "ws://a"), undefined);
    }
});

test("where there is no SharedWorker every tab has a socket of its own", () => {
    const own = new FakeSocket("", "");
    const open = sharing("/worker.js", () => /** @type {any} */ (own));
    assert.equal(open("ws://a", "amanat.v1", token({ iss: "i", sub: "7", sid: "k" })), own);
});
