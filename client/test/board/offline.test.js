import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beforeEach, test } from "node:test";
import { Offline } from "../../board/offline.js";
import { boardFiles } from "../../build_board.js";
import { FakeClock, settle } from "../fakes.js";

const PAGE = "http://office/board/";

/** The network, the kept files and the clock of one browser. */
class FakeBrowser {
    clock = new FakeClock();
    /** @type {Map<string, string>} what the server has, by address; what is not in it does not answer */
    served = new Map();
    status = 200;
    away = false;
    /** @type {Map<string, Map<string, Response>>} */
    kept = new Map();
    /** @type {string[]} */
    asked = [];
    room = Infinity;

    caches = {
        open: async (/** @type {string} */ name) => {
            const files = this.kept.get(name) ?? new Map();
            this.kept.set(name, files);
            const put = async (/** @type {string} */ address, /** @type {Response} */ answer) => {
                if (files.size >= this.room) {
                    throw new Error("no room");
                }
                files.set(address, answer);
            };
            return /** @type {any} */ ({ put, match: async (/** @type {string} */ address) => files.get(address)?.clone() });
        },
        keys: async () => [...this.kept.keys()],
        delete: async (/** @type {string} */ name) => this.kept.delete(name),
    };

    fetch = async (/** @type {any} */ request) => {
        const address = typeof request === "string" ? request : request.url;
        this.asked.push(address);
        const text = this.served.get(address);
        if (this.away) {
            throw new TypeError("no network");
        }
        return text === undefined ? new Promise(() => {}) : new Response(text, { status: this.status });
    };

    /** @param {Record<string, string>} files by address, relative to the page's */
    serve(files) {
        this.served = new Map(Object.entries(files).map(([address, text]) => [PAGE + address, text]));
    }

    /** @param {string} version @param {Record<string, string>} files */
    worker(version, files) {
        const listed = Object.entries(files).map(([address, text]) => ({ address, hash: createHash("sha256").update(text).digest("hex").slice(0, 16) }));
        return new Offline(version, listed, { page: PAGE, caches: this.caches, fetch: this.fetch, setTimeout: this.clock.setTimeout });
    }

    /** @param {Offline} worker @param {string} address @param {{mode?: any, method?: string}} [request] */
    async get(worker, address, { mode = "navigate", method = "GET" } = {}) {
        return (await worker.answer({ url: PAGE + address, mode, method }))?.text();
    }
}

const OLD = { "": "old page", "board.js?v=1": "old script" };
const NEW = { "": "new page", "board.js?v=2": "new script" };

/** @type {FakeBrowser} */
let browser;

beforeEach(() => void (browser = new FakeBrowser()));

/** @param {string} version @param {Record<string, string>} files */
async function installed(version, files) {
    browser.serve(files);
    const worker = browser.worker(version, files);
    await worker.install();
    await worker.activate();
    return worker;
}

test("without a network the page and its files come from this device, whoever it is asked for", async () => {
    const worker = await installed("1", OLD);
    browser.away = true;
    assert.equal(await browser.get(worker, ""), "old page");
    assert.equal(await browser.get(worker, "?as=somebody"), "old page");
    assert.equal(await browser.get(worker, "board.js?v=1", { mode: "cors" }), "old script");
});

test("with a network the page comes from there, so that what was mended arrives", async () => {
    const worker = await installed("1", OLD);
    browser.serve(NEW);
    assert.equal(await browser.get(worker, ""), "new page");
    assert.equal(worker.answer(/** @type {any} */ ({ url: `${PAGE}board.js?v=2`, mode: "cors", method: "GET" })), undefined, "the network's, too");
});

test("a network that does not answer, or says that the server is away, is no network", async () => {
    const worker = await installed("1", OLD);
    browser.serve({ "": "the proxy's excuse" });
    browser.status = 502;
    assert.equal(await browser.get(worker, ""), "old page");
    browser.served.clear();
    const page = browser.get(worker, "");
    await browser.clock.pass(2999);
    assert.equal(await Promise.race([page, settle()]), undefined);
    await browser.clock.pass(1);
    assert.equal(await page, "old page");
});

test("nothing else is its business, and nothing else is kept", async () => {
    const worker = await installed("1", OLD);
    for (const [address, request] of /** @type {const} */ ([
        ["people.json", {}],
        ["people.json", { mode: "cors" }],
        ["config.json", { mode: "cors" }],
        ["board.js", { mode: "no-cors" }],
        ["../amanat.v1/board/stream", { mode: "cors", method: "POST" }],
        ["", { method: "POST" }],
        ["../token", { mode: "same-origin" }],
    ])) {
        assert.equal(await browser.get(worker, address, request), undefined, address);
    }
    assert.deepEqual([...(browser.kept.get(worker.name)?.keys() ?? [])], [PAGE, `${PAGE}board.js?v=1`]);
});

test("a newer version takes the place of the older one whole", async () => {
    await installed("1", OLD);
    browser.kept.set("somebody else's", new Map());
    const worker = await installed("2", NEW);
    assert.deepEqual([...browser.kept.keys()], ["somebody else's", worker.name]);
    browser.away = true;
    assert.equal(await browser.get(worker, ""), "new page");
});

test("a version of which one file is of another version, missing, or does not fit in, is not taken", async () => {
    const old = await installed("1", OLD);
    const worker = browser.worker("2", NEW);
    browser.serve({ ...NEW, "board.js?v=2": "old script" });
    await assert.rejects(worker.install(), /another version/);
    browser.serve(NEW);
    browser.status = 404;
    await assert.rejects(worker.install(), /another version/);
    browser.status = 200;
    browser.room = 1;
    await assert.rejects(worker.install(), /no room/);
    assert.deepEqual([...browser.kept.keys()], [old.name]);
    browser.away = true;
    assert.equal(await browser.get(old, ""), "old page");
});

test("before anything is kept the page waits for the network as any page does", async () => {
    const worker = browser.worker("1", OLD);
    const page = browser.get(worker, "");
    await browser.clock.pass(60_000);
    assert.equal(await Promise.race([page, settle()]), undefined);
});

test("the built worker keeps what the built page names", async () => {
    const files = await boardFiles();
    const named = [...(files.get("index.html") ?? "").matchAll(/(?:src|href)="(board[^"]*)"/g)].map(([, address]) => address);
    const kept = [...(files.get("sw.js") ?? "").matchAll(/"address":"([^"]*)"/g)].map(([, address]) => address);
    assert.deepEqual(kept.sort(), ["", ...named].sort());
});
