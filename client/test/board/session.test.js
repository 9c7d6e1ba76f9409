import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { memoryOf, readSession, tokens } from "../../board/session.js";

const DEMO = { bridge: "/amanat.v1/board", people: "/board/people.json" };
const OFFICE = { bridge: "/amanat.v1/board", token: "/token" };
const ANN = { id: "ann", name: "Ann", branch: "North", branch_id: "b1", color: "#123456", token: "secret-ann", expires_in: 300 };
const BEN = { id: "ben", name: "Ben", branch: "South", branch_id: "b2", color: "#654321", token: "secret-ben", expires_in: 300 };

/** @type {Map<string, {status?: number, body?: unknown}>} what answers, by address; all else is out of reach */
let answers;
/** @type {Map<string, string>} */
let kept;

beforeEach(() => {
    answers = new Map();
    kept = new Map();
    const localStorage = {
        getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
        setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
        removeItem: (/** @type {string} */ key) => void kept.delete(key),
    };
    const fetch = async (/** @type {string} */ address) => {
        const answer = answers.get(address);
        if (!answer) {
            throw new TypeError("no network");
        }
        return new Response(JSON.stringify(answer.body ?? {}), { status: answer.status ?? 200 });
    };
    Object.assign(globalThis, { localStorage, fetch });
    at("http://office/board/?as=ann");
});

/** @param {string} href */
function at(href) {
    Object.assign(globalThis, { location: { href } });
}

/** @param {object} config @param {object[]} [people] */
function serve(config, people) {
    answers.set("/board/config.json", { body: config });
    people && answers.set("/board/people.json", { body: people });
}

test("without a network a window is who it was, without a token", async () => {
    serve(DEMO, [ANN, BEN]);
    assert.deepEqual(await readSession(), { config: DEMO, people: [ANN, BEN], me: ANN });
    assert.doesNotMatch(JSON.stringify([...kept]), /secret/);
    answers.clear();
    const { token: _token, expires_in: _life, ...ann } = ANN;
    assert.deepEqual(await readSession(), { config: DEMO, people: [], me: ann });
});

test("without a network a window is nobody who was not here before", async () => {
    serve(DEMO, [ANN, BEN]);
    await readSession();
    answers.clear();
    for (const address of ["http://office/board/?as=ben", "http://office/board/"]) {
        at(address);
        assert.deepEqual(await readSession(), { config: DEMO, people: [] });
    }
});

test("a server that is away is no reason to forget, and a device that was never here has nothing to start with", async () => {
    await assert.rejects(readSession());
    serve(OFFICE);
    await readSession();
    answers.set("/board/config.json", { status: 502 });
    assert.deepEqual(await readSession(), { config: OFFICE, people: [] });
});

test("each window of the demo remembers its own person only", () => {
    memoryOf("ann").setItem("amanat.tables", "rows of ann");
    assert.equal(memoryOf("ben").getItem("amanat.tables"), null);
    assert.equal(memoryOf("ann").getItem("amanat.tables"), "rows of ann");
    memoryOf("ann").removeItem("amanat.tables");
    assert.equal(kept.size, 0);
});

test("who is signed out has no token, which differs from a server that is away", async () => {
    const token = tokens(OFFICE, undefined);
    answers.set("/token", { body: { token: "t", expires_in: 60, url: "ws://elsewhere" } });
    assert.deepEqual(await token(), { token: "t", url: "ws://office/amanat.v1/board", expires_in: 60 });
    for (const status of [401, 403]) {
        answers.set("/token", { status });
        assert.equal(await token(), false);
    }
    answers.set("/token", { status: 503 });
    await assert.rejects(token(), /503/);
    answers.clear();
    await assert.rejects(token(), /no network/);
});

test("a person of the demo who is no longer in the list has no token", async () => {
    serve(DEMO, [BEN]);
    assert.equal(await tokens(DEMO, "ann")(), false);
});
