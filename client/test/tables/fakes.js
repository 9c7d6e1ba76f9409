import { IDBFactory } from "fake-indexeddb";
import { Tables } from "../../src/tables/index.js";
import { FakeWorld, sample, settle } from "../fakes.js";

export const ME = "5a0e7c3e-2f4b-4d6a-9b1d-3e8f7a6c5b04";
export const BRIDGE = "ws://bridge/amanat.v1/board";

/** @param {string} subject */
export function tokenOf(subject) {
    return `x.${btoa(JSON.stringify({ sub: subject }))}.x`;
}

/** The locks that the pages of one browser share; a page that ends gives back what it holds. */
export class FakeLocks {
    /** @type {Map<string, {page: object, callback: () => Promise<unknown>}[]>} */
    #queues = new Map();

    /** @param {object} page */
    of(page) {
        const request = async (/** @type {string} */ name, /** @type {any} */ callback) => {
            const queue = this.#queues.get(name) ?? [];
            this.#queues.set(name, queue);
            queue.push({ page, callback });
            if (queue.length === 1) {
                void this.#hold(queue);
            }
        };
        return /** @type {any} */ ({ request });
    }

    /** @param {object} page */
    end(page) {
        for (const queue of this.#queues.values()) {
            const held = queue[0]?.page === page;
            queue.splice(0, queue.length, ...queue.filter((request) => request.page !== page));
            held && void this.#hold(queue);
        }
    }

    /** @param {{page: object, callback: () => Promise<unknown>}[]} queue */
    async #hold(queue) {
        const [first] = queue;
        await first?.callback();
        if (first && queue[0] === first) {
            queue.shift();
            await this.#hold(queue);
        }
    }
}

/** What the pages of one browser share: storage, locks and channels. */
export class FakeBrowser {
    indexedDB = new IDBFactory();
    /** @type {FakeLocks | undefined} */
    locks = new FakeLocks();
    /** @type {Map<string, string>} */
    remembered = new Map();
    /** @type {Set<any>} */
    #channels = new Set();

    channel = (/** @type {string} */ name) => {
        /** @type {any} */
        const channel = {
            name,
            onmessage: undefined,
            postMessage: (/** @type {any} */ data) => {
                const copy = structuredClone(data);
                for (const other of this.#channels) {
                    other !== channel && other.name === name && setImmediate(() => this.#channels.has(other) && other.onmessage?.({ data: copy }));
                }
            },
            close: () => void this.#channels.delete(channel),
        };
        this.#channels.add(channel);
        return channel;
    };
}

/** One page of a browser, in a world whose server, clock and chance the test plays. */
export class Page {
    world = new FakeWorld();
    /** @type {import("../../src/tables/tables.js").Toast[]} */
    toasts = [];
    /** @type {import("../../src/tables/tables.js").State[]} */
    states = [];
    /** @type {[unknown, unknown][]} */
    named = [];
    /** @type {(() => Promise<any>)} */
    token = async () => ({ token: tokenOf(this.subject), url: BRIDGE, expires_in: 3600 });
    /** @type {any} */
    channel;
    #uuids = 0;

    /**
     * @param {FakeBrowser} [browser]
     * @param {{subject?: string, name?: string, environment?: object}} [options]
     */
    constructor(browser = new FakeBrowser(), { subject = ME, name = "1", environment = {} } = {}) {
        this.browser = browser;
        this.subject = subject;
        this.tables = new Tables({
            token: () => this.token(),
            origin: name.padStart(32, "0"),
            environment: {
                ...this.world.environment,
                indexedDB: browser.indexedDB,
                locks: browser.locks?.of(this),
                channel: (channel) => (this.channel = browser.channel(channel)),
                frame: (callback) => void this.world.clock.setTimeout(callback, 16),
                followLeaves: (left) => void (this.leaves = left),
                uuid: () => `00000000-0000-4000-8000-${name.padStart(4, "0")}${String(++this.#uuids).padStart(8, "0")}`,
                memory: {
                    getItem: (key) => browser.remembered.get(key) ?? null,
                    setItem: (key, value) => void browser.remembered.set(key, value),
                    removeItem: (key) => void browser.remembered.delete(key),
                },
                ...environment,
            },
            onState: (state) => this.states.push(state),
            onToast: (toast) => this.toasts.push(toast),
            onIds: (ids) => this.named.push(...ids),
            log: this.world.log,
        });
    }

    /** The page may be gone in a moment. */
    leaves = () => {};

    /** The page is gone, from one moment to the next. */
    end() {
        this.channel?.close();
        this.browser.locks?.end(this);
        this.world.sockets.forEach((socket) => Object.assign(socket, { readyState: 3, onmessage() {}, onclose() {}, onopen() {}, onerror() {} }));
    }

    get clock() {
        return this.world.clock;
    }

    get socket() {
        return this.world.socket;
    }

    /** Connected, and greeted. */
    async goLive() {
        const started = this.tables.start();
        await until(() => this.world.sockets.length > 0);
        await started;
        await this.greet();
    }

    async greet() {
        this.socket.accept();
        this.socket.say(sample("welcome-table"));
        await settle();
    }

    async reconnect() {
        this.socket.hangUp(1006);
        const sockets = this.world.sockets.length;
        await this.clock.pass(1000);
        await until(() => this.world.sockets.length > sockets);
        await this.greet();
    }

    /**
     * A view that is watched and read.
     *
     * @param {import("../../src/tables/view.js").ViewSpec} spec
     * @param {object[]} rows
     */
    async view(spec, rows) {
        const seen = this.open(spec);
        const feed = await this.watched();
        this.socket.say({ type: "rows", ref: (await this.sent("read")).ref, table: spec.table, offset: 1041, rows, more: false });
        await this.draw();
        return Object.assign(seen, { feed });
    }

    /** @param {import("../../src/tables/view.js").ViewSpec} spec */
    open(spec) {
        /** @type {{rows: any[], about: any, calls: number, view: import("../../src/tables/view.js").View}} */
        const seen = { rows: [], about: undefined, calls: 0, view: /** @type {any} */ (undefined) };
        seen.view = this.tables.view(spec, (rows, about) => Object.assign(seen, { rows, about, calls: seen.calls + 1 }));
        return seen;
    }

    #feeds = 0;

    /** Answers the newest watch. */
    async watched(rights = "r1") {
        const { ref } = this.socket.sentOf("watch").at(-1);
        const feed = ++this.#feeds;
        this.socket.say({ type: "ok", ref, feed, offset: 1041, rights, columns: [] });
        await this.clock.pass(0);
        return feed;
    }

    /**
     * The newest message of a type, once there is one more than there were.
     *
     * @param {string} type
     * @param {number} [count]  how many there are then
     */
    async sent(type, count = 1) {
        await until(() => this.socket.sentOf(type).length >= count, () => `${type} number ${count} was not sent`);
        return this.socket.sentOf(type).at(-1);
    }

    /** The next picture is drawn. */
    async draw() {
        await this.clock.pass(16);
    }
}

/**
 * Waits for what other tasks bring about, such as the storage.
 *
 * @param {() => unknown} condition
 * @param {() => string} [what]
 */
export async function until(condition, what = () => String(condition)) {
    for (let turn = 0; turn < 5000; turn++) {
        if (condition()) {
            return;
        }
        await settle();
    }
    throw new Error(`waited in vain: ${what()}`);
}
