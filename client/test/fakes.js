import { readFileSync } from "node:fs";
import { Client } from "../src/client.js";

/** A clock whose timers run when the test says so. */
export class FakeClock {
    time = 1_000_000;
    #timers = new Map();
    #ids = 0;

    setTimeout = (/** @type {() => void} */ callback, /** @type {number} */ delayMs) => {
        this.#timers.set(++this.#ids, { at: this.time + delayMs, callback });
        return this.#ids;
    };

    clearTimeout = (/** @type {any} */ timer) => void this.#timers.delete(timer);

    now = () => this.time;

    /**
     * The machine sleeps: time passes, and whatever was due rings when it wakes.
     *
     * @param {number} ms
     */
    async sleep(ms) {
        this.time += ms;
        await this.pass(0);
    }

    /** Delays of the timers that wait, shortest first. */
    get waiting() {
        return [...this.#timers.values()].map(({ at }) => at - this.time).sort((a, b) => a - b);
    }

    /**
     * Lets time pass, timer by timer, with everything that was promised settled after each.
     *
     * @param {number} ms
     */
    async pass(ms) {
        const until = this.time + ms;
        for (;;) {
            await settle();
            const next = [...this.#timers].filter(([, { at }]) => at <= until).sort((a, b) => a[1].at - b[1].at)[0];
            if (!next) {
                break;
            }
            this.#timers.delete(next[0]);
            this.time = Math.max(this.time, next[1].at);
            next[1].callback();
        }
        this.time = until;
        await settle();
    }
}

/** Everything that was already promised has happened. */
export async function settle() {
    await new Promise((resolve) => setImmediate(resolve));
}

/** The server's end of a WebSocket: what the client sent is in `sent`. */
export class FakeSocket {
    readyState = 0;
    /** @type {any[]} */
    sent = [];
    onopen = () => {};
    onmessage = (/** @type {{data: string}} */ _event) => {};
    onclose = (/** @type {{code: number, reason: string}} */ _event) => {};
    onerror = () => {};

    /**
     * @param {string} url
     * @param {string} protocol
     */
    constructor(url, protocol) {
        this.url = url;
        this.protocol = protocol;
    }

    send(/** @type {string} */ text) {
        this.sent.push(JSON.parse(text));
    }

    close() {
        this.readyState = 3;
    }

    accept() {
        this.readyState = 1;
        this.onopen();
    }

    say(/** @type {object} */ frame) {
        this.onmessage({ data: JSON.stringify(frame) });
    }

    hangUp(/** @type {number} */ code) {
        this.readyState = 3;
        this.onclose({ code, reason: "" });
    }

    /** As browsers do when there is nobody at the other end. */
    refuse() {
        this.readyState = 3;
        this.onerror();
        this.onclose({ code: 1006, reason: "" });
    }

    /** As Chromium does when the page's Content-Security-Policy forbids the address: no close follows. */
    forbid() {
        this.readyState = 3;
        this.onerror();
    }

    /** Messages of one type, oldest first. */
    sentOf(/** @type {string} */ type) {
        return this.sent.filter((message) => message.type === type);
    }
}

/** @param {string} name  a sample frame of docs/protocol */
export function sample(name) {
    return JSON.parse(readFileSync(new URL(`../../docs/protocol/${name}.json`, import.meta.url), "utf8"));
}

/** A world in which the test plays server, clock and chance. */
export class FakeWorld {
    clock = new FakeClock();
    /** @type {FakeSocket[]} */
    sockets = [];
    chance = 0.5;
    hidden = false;
    phone = false;
    /** @type {Map<string, string>} */
    remembered = new Map();
    /** @type {string[]} */
    warnings = [];

    environment = {
        open: (/** @type {string} */ url, /** @type {string} */ protocol) => {
            const socket = new FakeSocket(url, protocol);
            this.sockets.push(socket);
            return /** @type {any} */ (socket);
        },
        stream: (/** @type {string} */ url) => {
            const socket = new FakeSocket(url, "stream");
            this.sockets.push(socket);
            return /** @type {any} */ (socket);
        },
        storage: {
            getItem: (/** @type {string} */ key) => this.remembered.get(key) ?? null,
            setItem: (/** @type {string} */ key, /** @type {string} */ value) => void this.remembered.set(key, value),
        },
        now: this.clock.now,
        setTimeout: this.clock.setTimeout,
        clearTimeout: this.clock.clearTimeout,
        random: () => this.chance,
        followWakes: (/** @type {() => void} */ woke) => void (this.wake = woke),
        isHidden: () => this.hidden,
        isPhone: () => this.phone,
    };

    /** The machine woke up, the tab is looked at again, or the network is back. */
    wake = () => {};

    log = { debug: () => {}, warnOnce: (/** @type {string} */ text) => void this.warnings.push(text) };

    /** There is nobody at the other end, whichever way the client comes. */
    refuse() {
        for (let last; last !== this.socket; ) {
            last = this.socket;
            last.refuse();
        }
    }

    get socket() {
        const socket = this.sockets.at(-1);
        if (!socket) {
            throw new Error("no connection was opened");
        }
        return socket;
    }
}

/**
 * A client of this world, on its way to the bridge.
 *
 * @param {FakeWorld} world
 */
export function startedClient(world) {
    const client = new Client({
        token: async () => ({ token: "t", url: "ws://bridge/amanat.v1", expires_in: 300 }),
        origin: sample("hello").origin,
        environment: world.environment,
        log: world.log,
    });
    client.start();
    return client;
}

/**
 * The bridge takes the connection that waits, and greets.
 *
 * @param {FakeWorld} world
 * @param {Partial<import("../src/frames.js").WelcomeFrame>} [differing]  from the sample
 */
export async function welcome(world, differing) {
    await settle();
    world.socket.accept();
    world.socket.say({ ...sample("welcome"), ...differing });
}

/**
 * The connection is lost, and there is a new one.
 *
 * @param {FakeWorld} world
 * @param {Partial<import("../src/frames.js").WelcomeFrame>} [differing]
 */
export async function reconnect(world, differing) {
    world.socket.hangUp(1006);
    await world.clock.pass(1000);
    await welcome(world, differing);
}
