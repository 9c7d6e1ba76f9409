import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { sample, settle } from "../fakes.js";
import { BRIDGE, FakeBrowser, ME, Page, tokenOf, until } from "./fakes.js";

const ANN = "a0000000-0000-4000-8000-000000000001";
const BEN = "a0000000-0000-4000-8000-000000000002";
const SOMEBODY = "b0000000-0000-4000-8000-000000000002";
const TASK = { id: ANN, plan_id: "p1", title: "Deliver", status: "taken", updated_at: "2026-11-21T10:00:00+00:00", updated_by: SOMEBODY };
const PLAN = { table: "task", filter: "plan_id=eq.p1" };

/** @type {Page} */
let page;

beforeEach(() => void (page = new Page()));

test("a change that goes before the answer to a read is not undone by it", async () => {
    await page.goLive();
    const seen = page.open(PLAN);
    const feed = await page.watched();
    const { ref } = await page.sent("read");
    told(page, { feed, event: "DELETE", old_record: { id: ANN } });
    told(page, { feed, event: "INSERT", record: { ...TASK, id: BEN } });
    page.socket.say({ type: "rows", ref, table: "task", offset: 1, rows: [TASK], more: false });
    await page.draw();
    assert.deepEqual(seen.rows.map(({ id }) => id), [BEN]);
});

test("a table is read page by page", async () => {
    await page.goLive();
    const seen = page.open(PLAN);
    await page.watched();
    page.socket.say({ type: "rows", ref: (await page.sent("read")).ref, table: "task", offset: 1, rows: [TASK], more: true });
    const second = await page.sent("read", 2);
    assert.deepEqual([second.after, second.limit, second.filter], [ANN, 1000, "plan_id=eq.p1"]);
    page.socket.say({ type: "rows", ref: second.ref, table: "task", offset: 1, rows: [{ ...TASK, id: BEN }], more: false });
    await page.draw();
    assert.deepEqual(seen.rows.map(({ id }) => id), [ANN, BEN]);
});

test("a reset is read again after a while, and what was there stays until then", async () => {
    await page.goLive();
    const { feed, ...seen } = await page.view(PLAN, [TASK]);
    page.socket.say({ type: "reset", feed, offset: 1050, reason: "rights" });
    await page.draw();
    assert.equal(page.socket.sentOf("read").length, 1);
    await page.clock.pass(1000);
    const again = await page.sent("read", 2);
    assert.deepEqual(seen.view.rows.map(({ id }) => id), [ANN]);
    page.socket.say({ type: "rows", ref: again.ref, table: "task", offset: 1, rows: [], more: false });
    await page.draw();
    assert.deepEqual(seen.view.rows, []);
});

test("a row that was told after a reset stays, although the read does not see it yet", async () => {
    await page.goLive();
    const { feed, ...seen } = await page.view(PLAN, [TASK]);
    page.socket.say({ type: "reset", feed, offset: 1050, reason: "rights" });
    told(page, { feed, event: "INSERT", record: { ...TASK, id: BEN } });
    await page.clock.pass(2000);
    const again = await page.sent("read", 2);
    page.socket.say({ type: "rows", ref: again.ref, table: "task", offset: 1051, rows: [TASK], more: false });
    await page.draw();
    assert.deepEqual(seen.view.rows.map(({ id }) => id), [ANN, BEN]);
});

test("after a lost connection a view goes on where it was, and is read again only when it must be", async () => {
    await page.goLive();
    await page.view(PLAN, [TASK]);
    page.socket.say({ type: "heartbeat", offset: 1060 });
    await page.reconnect();
    assert.deepEqual((await page.sent("watch")).resume, { epoch: "k3j9", offset: 1060, rights: "r1" });
    const feed = await page.watched();
    page.socket.say({ type: "resumed", ref: page.socket.sentOf("watch").at(-1).ref, offset: 1060 });
    await page.clock.pass(3000);
    assert.deepEqual(page.socket.sentOf("read"), []);
    page.socket.say({ type: "reset", feed, offset: 1061, reason: "gap" });
    await page.clock.pass(2000);
    await page.sent("read");
});

test("a database that is an older one than before is believed", async () => {
    await page.goLive();
    const { feed: _feed, ...seen } = await page.view(PLAN, [TASK]);
    page.socket.hangUp(1006);
    await page.clock.pass(250);
    page.socket.accept();
    page.socket.say({ ...sample("welcome-table"), epoch: "another" });
    await page.watched();
    await page.clock.pass(2000);
    const older = { ...TASK, title: "Before", updated_at: "2026-11-20T10:00:00+00:00" };
    page.socket.say({ type: "rows", ref: (await page.sent("read")).ref, table: "task", offset: 1, rows: [older], more: false });
    await page.draw();
    assert.deepEqual(seen.view.rows.map(({ title }) => title), ["Before"]);
});

test("what was read proves nothing about what was heard", async () => {
    await page.goLive();
    await page.view(PLAN, [TASK]); // its offset is 1041, as that of welcome
    page.open({ table: "task" });
    await page.watched();
    page.socket.say({ type: "rows", ref: (await page.sent("read", 2)).ref, table: "task", offset: 2000, rows: [], more: false });
    await page.reconnect();
    assert.deepEqual((await page.sent("watch")).resume.offset, 1041);
});

test("a row of one's own write is in sight where the server has said so, whatever is thought of it here", async () => {
    await page.goLive();
    const row = { ...TASK, starts: "09:00:00" };
    const seen = await page.view({ table: "task", filter: "starts=lte.09:00" }, [row]);
    const stored = { ...row, title: "Fetch", updated_at: "2026-11-21T10:00:01+00:00", updated_by: ME };
    const { opId } = page.tables.write({ table: "task", op: "update", id: ANN, values: { title: "Fetch" } });
    await page.sent("write");
    await page.draw();
    assert.deepEqual(seen.rows.map(({ title, $pending }) => [title, $pending]), [["Fetch", 1]]);
    page.socket.say({ type: "written", opId, rows: [{ table: "task", id: ANN, record: stored }] });
    page.socket.say({ type: "postgres_changes", feed: seen.feed, table: "task", event: "UPDATE", record: stored, old_record: { title: "Deliver" }, commit_timestamp: stored.updated_at });
    page.socket.say({ type: "receipt", offset: 1043, opId });
    await page.draw();
    assert.deepEqual(seen.rows.map(({ title, $pending }) => [title, $pending]), [["Fetch", 0]]);
});

test("a view of more than it holds says so", async () => {
    await page.goLive();
    const seen = page.open(PLAN);
    await page.watched();
    for (let number = 1; number <= 50; number++) {
        const { ref } = await page.sent("read", number);
        page.socket.say({ type: "rows", ref, table: "task", offset: 1, rows: [{ ...TASK, id: String(number) }], more: true });
        await page.clock.pass(1000);
    }
    await page.draw();
    assert.deepEqual([seen.rows.length, seen.about.stale, seen.about.cut], [50, false, true]);
    assert.equal(page.socket.sentOf("read").length, 50);
});

test("who may not read shows nothing, and says why", async () => {
    await page.goLive();
    const seen = page.open({ table: "secret" });
    page.socket.say({ type: "error", ref: page.socket.sentOf("watch")[0].ref, code: "unknown_table", message: "no" });
    await assert.rejects(seen.view.ready, { code: "unknown_table" });
    await page.draw();
    assert.deepEqual([seen.rows, seen.about.error.code], [[], "unknown_table"]);
});

test("columns come with what order, filter and marks need", async () => {
    await page.goLive();
    page.open({ table: "task", filter: "plan_id=eq.p1", columns: ["title"], order: "day" });
    assert.deepEqual((await page.sent("watch")).columns, ["day", "id", "plan_id", "title", "updated_at", "updated_by"]);
});

test("rows that did not change stay the same objects, and the page is told once for a picture", async () => {
    await page.goLive();
    const { feed, ...seen } = await page.view({ ...PLAN, order: "title" }, [TASK, { ...TASK, id: BEN, title: "Fetch" }]);
    const [first] = seen.view.rows;
    for (const title of ["Go", "Get", "Aim"]) {
        told(page, { feed, event: "UPDATE", record: { ...TASK, id: BEN, title, updated_at: "2026-11-21T10:00:01+00:00" } });
    }
    const calls = seen.calls;
    await page.draw();
    assert.deepEqual(seen.view.rows.map(({ title }) => title), ["Aim", "Deliver"]);
    assert.equal(seen.view.rows[1], first);
    assert.ok(calls <= 1);
});

test("somebody's later write over this user's is marked until it is seen", async () => {
    await page.goLive();
    const { feed, ...seen } = await page.view(PLAN, [TASK]);
    const { opId } = page.tables.write({ table: "task", op: "update", id: ANN, values: { status: "done" } });
    await page.sent("write");
    const mine = { ...TASK, status: "done", updated_at: "2026-11-21T10:00:01+00:00", updated_by: ME };
    page.socket.say({ type: "written", opId, rows: [{ table: "task", id: ANN, record: mine }] });
    told(page, { feed, event: "UPDATE", record: mine });
    page.socket.say({ type: "receipt", offset: 1043, opId });
    told(page, { feed, event: "UPDATE", record: { ...mine, title: "Other", updated_at: "2026-11-21T10:00:02+00:00", updated_by: SOMEBODY } });
    await page.draw();
    assert.equal(seen.view.rows[0]?.$updatedBy, undefined, "another column");
    told(page, { feed, event: "UPDATE", record: { ...mine, status: "posted", updated_at: "2026-11-21T10:00:03+00:00", updated_by: SOMEBODY } });
    await page.draw();
    assert.equal(seen.view.rows[0]?.$updatedBy, SOMEBODY);
    page.tables.seen("task", ANN);
    await page.draw();
    assert.equal(seen.view.rows[0]?.$updatedBy, undefined);
});

test("a write that must not meet another one says what it knew, and marks the row when refused", async () => {
    await page.goLive();
    const { feed: _feed, ...seen } = await page.view(PLAN, [TASK]);
    const { opId, done } = page.tables.write({ table: "task", op: "update", id: ANN, values: { status: "done" }, ifBase: true });
    const { base, mode } = await page.sent("write");
    assert.deepEqual([base, mode], [{ status: "taken" }, "if_base"]);
    page.socket.say({ type: "refused", opId, code: "conflict", message: "changed", index: 0, theirs: { ...TASK, status: "posted" } });
    await assert.rejects(done, ({ theirs }) => theirs.status === "posted");
    await page.draw();
    assert.deepEqual([seen.view.rows[0]?.$error.code, page.toasts[0]?.id, page.toasts[0]?.theirs?.status], ["conflict", ANN, "posted"]);
});

test("what the server cannot do just now is said again, later and later", async () => {
    await page.goLive();
    const { opId } = page.tables.write({ table: "task", op: "delete", id: ANN });
    for (const [count, pause] of [750, 1500, 3000, 6000, 12_000, 22_500, 22_500].entries()) {
        await page.sent("write", count + 1);
        page.socket.say({ type: "refused", opId, code: "unavailable", message: "later", retry: true });
        assert.ok(page.clock.waiting.includes(pause), `${pause} of ${page.clock.waiting}`);
        page.socket.say({ type: "heartbeat", offset: 1041 });
        await page.clock.pass(pause);
        page.socket.say({ type: "heartbeat", offset: 1041 });
    }
    assert.equal(page.tables.pending, 1);
});

test("an answer that never comes is asked for again", async () => {
    await page.goLive();
    page.tables.write({ table: "task", op: "delete", id: ANN });
    await page.sent("write");
    await page.clock.pass(20_000);
    page.socket.say({ type: "heartbeat", offset: 1041 });
    await page.clock.pass(10_000);
    await page.sent("write", 2);
});

test("what is too large is refused here: the bridge would end the connection", async () => {
    await page.goLive();
    const { done } = page.tables.write({ table: "task", op: "insert", values: { title: "ў".repeat(9000) } });
    await assert.rejects(done, { code: "too_large" });
    assert.deepEqual(page.socket.sentOf("write"), []);
});

test("no more is kept than a thousand operations", async () => {
    await page.goLive();
    page.socket.hangUp(1006);
    const writes = Array.from({ length: 1001 }, () => page.tables.write({ table: "task", op: "update", id: ANN, values: { title: "x" } }));
    await assert.rejects(/** @type {any} */ (writes.at(-1)).done, { code: "queue_full" });
    assert.equal(page.tables.pending, 1000);
});

test("a page that comes back says no more in a second than the bridge hears", async () => {
    await page.goLive();
    page.socket.hangUp(1006);
    await page.clock.pass(250);
    await page.greet();
    const before = page.socket.sent.length;
    const topics = Array.from({ length: 100 }, (_, place) => page.tables.topic(`t${place}`, {}));
    assert.equal(page.socket.sent.length - before, 30);
    await page.clock.pass(1000);
    const said = page.socket.sent.length - before;
    assert.ok(said > 55 && said <= 60, String(said));
    await page.clock.pass(2000);
    const refs = page.socket.sentOf("watch").map(({ ref }) => ref);
    assert.deepEqual([refs.length, new Set(refs).size], [topics.length, topics.length]);

    topics.forEach((topic) => topic.end());
    await page.reconnect();
    await page.clock.pass(4000);
    assert.deepEqual(page.socket.sentOf("unwatch"), [], "what waited for the old connection is not said on the new one");
});

test("a clock that is put back keeps nobody waiting", async () => {
    await page.goLive();
    page.open(PLAN);
    await page.sent("watch");
    page.clock.time -= 3_600_000;
    page.open({ table: "plan" });
    assert.equal((await page.sent("watch", 2)).table, "plan");
});

test("without room on the device everything goes on in memory, and the page is told", async () => {
    page = new Page(undefined, { environment: { indexedDB: undefined } });
    await page.goLive();
    assert.deepEqual(page.toasts.map(({ code }) => code), ["not_stored"]);
    assert.equal(page.states.at(-1)?.stored, false);
    const { opId } = page.tables.write({ table: "task", op: "delete", id: ANN });
    assert.equal((await page.sent("write")).opId, opId);
    await page.view(PLAN, [TASK]);
    await page.clock.pass(500);
});

test("a browser that never opens its storage is waited for no longer than a while", async () => {
    page = new Page(undefined, { environment: { indexedDB: { open: () => ({}) } } });
    const live = page.goLive();
    for (let turn = 0; turn < 30 && !page.world.sockets.length; turn++) {
        await page.clock.pass(1000);
    }
    assert.equal(page.world.sockets.length, 1);
    await live;
    assert.deepEqual(page.toasts.map(({ code }) => code), ["not_stored"]);
    const { opId } = page.tables.write({ table: "task", op: "delete", id: ANN });
    assert.equal((await page.sent("write")).opId, opId);
});

test("where nothing can be kept, one page sends what the others are told, too", async () => {
    const browser = new FakeBrowser();
    const environment = { indexedDB: undefined };
    const [first, second] = [new Page(browser, { name: "1", environment }), new Page(browser, { name: "2", environment })];
    await first.goLive();
    await until(() => first.tables.queue.leads);
    await second.goLive();
    const { opId, done } = second.tables.write({ table: "task", op: "delete", id: ANN });
    assert.equal((await first.sent("write")).opId, opId);
    first.socket.say({ type: "written", opId, rows: [{ table: "task", id: ANN, record: null }] });
    first.socket.say({ type: "receipt", offset: 1043, opId });
    await done;
    assert.deepEqual(second.socket.sentOf("write"), []);
});

test("what found no room is in nobody's place, and is no less on its way for what did", async () => {
    const browser = new FakeBrowser();
    page = new Page(browser);
    await page.goLive();
    page.socket.hangUp(1006);
    const { storage } = page.tables;
    const add = storage.add.bind(storage);
    page.tables.write({ table: "task", op: "update", id: ANN, values: { title: "1" } });
    await until(() => page.tables.queue.operations[0]?.seq === 1);
    storage.add = async () => undefined;
    page.tables.write({ table: "task", op: "update", id: ANN, values: { title: "2" } });
    page.tables.write({ table: "task", op: "update", id: ANN, values: { title: "3" } });
    await until(() => page.tables.queue.operations.every(({ seq }) => seq !== undefined));
    storage.add = add;
    page.tables.write({ table: "task", op: "update", id: ANN, values: { title: "4" } });
    await until(() => page.tables.queue.operations.every(({ seq }) => seq !== undefined));
    assert.deepEqual(page.tables.queue.operations.map(({ steps }) => steps[0]?.values?.title), ["1", "2", "3", "4"]);
    await page.tables.queue.load();
    assert.equal(page.tables.pending, 4, "what was never stored is not taken for done");
    await storage.finish(page.tables.queue.operations.slice(0, 3));
    assert.deepEqual((await storage.operations()).map(({ steps }) => steps[0]?.values?.title), ["4"]);
});

test("who has signed out is not shown again when the network is gone", async () => {
    const browser = new FakeBrowser();
    page = new Page(browser);
    await page.goLive();
    await page.view(PLAN, [TASK]);
    await page.clock.pass(500);
    page.end();
    page = new Page(browser, { name: "2" });
    page.token = async () => false;
    await page.tables.start();
    await settle();
    page.end();

    page = new Page(browser, { name: "3" });
    page.token = () => Promise.reject(new Error("no network"));
    await page.tables.start();
    const seen = page.open(PLAN);
    await page.clock.pass(5000);
    assert.deepEqual([page.tables.me, seen.rows], [undefined, []]);
});

test("what an earlier user of the device left is not shown to the next", async () => {
    const browser = new FakeBrowser();
    page = new Page(browser);
    await page.goLive();
    await page.view(PLAN, [TASK]);
    await page.clock.pass(500);
    await settle();
    page.end();

    page = new Page(browser, { subject: SOMEBODY, name: "2" });
    await page.goLive();
    page.socket.hangUp(1006);
    const seen = page.open(PLAN);
    await seen.view.ready;
    await page.draw();
    assert.deepEqual(seen.rows, []);
});

test("signing out leaves nothing behind", async () => {
    const browser = new FakeBrowser();
    page = new Page(browser);
    await page.goLive();
    await page.tables.forget();
    assert.deepEqual(await browser.indexedDB.databases(), []);
    assert.equal(browser.remembered.size, 0);
});

test("a token of somebody else ends the page's connection", async () => {
    await page.goLive();
    page.token = async () => ({ token: `x.${btoa(JSON.stringify({ sub: SOMEBODY }))}.x`, url: "ws://bridge/amanat.v1/board", expires_in: 300 });
    page.socket.hangUp(4001);
    await page.clock.pass(1000);
    assert.deepEqual(page.toasts.map(({ code }) => code), ["other_user"]);
    assert.equal(page.tables.connection, "offline");
});

test("what somebody else is not to see leaves the screen at once, and nothing is written in the former user's name", async () => {
    await page.goLive();
    const seen = await page.view(PLAN, [TASK]);
    page.token = async () => ({ token: tokenOf(SOMEBODY), url: BRIDGE, expires_in: 300 });
    page.socket.hangUp(4001);
    await page.clock.pass(1000);
    assert.deepEqual([seen.rows, seen.about.error.code], [[], "other_user"]);
    await page.draw();
    const again = page.open(PLAN);
    await page.draw();
    assert.deepEqual([seen.rows, again.rows, again.about.error.code], [[], [], "other_user"]);
    const { done } = page.tables.write({ table: "task", op: "delete", id: ANN });
    await assert.rejects(done, { code: "other_user" });
    assert.equal(page.tables.pending, 0);
});

test("a token that comes late is the first attempt's, not the next one's", async () => {
    let calls = 0;
    let answer = () => {};
    const late = new Promise((resolve) => (answer = () => resolve(undefined)));
    page.token = async () => {
        const call = ++calls;
        await (call === 1 ? late : undefined);
        return { token: tokenOf(ME) + call, url: BRIDGE, expires_in: 3600 };
    };
    const started = page.tables.start();
    await page.clock.pass(3000);
    await started;
    answer();
    await until(() => page.world.sockets.length > 0);
    await page.greet();
    const before = calls;
    for (let turn = 0; turn < 400 && !page.socket.sentOf("token").length; turn++) {
        page.socket.say({ type: "heartbeat", offset: 1041 });
        await page.clock.pass(10_000);
    }
    assert.equal(calls, before + 1);
    assert.equal(page.socket.sentOf("token")[0]?.token, tokenOf(ME) + calls);
});

test("a token that runs out is renewed: rows and what is on its way stay as they are", async () => {
    page.token = async () => ({ token: tokenOf(ME), url: BRIDGE, expires_in: 300 });
    await page.goLive();
    page.socket.say({ ...sample("welcome-table"), token_expires_in: 300, heartbeat_seconds: 3600 });
    const seen = await page.view(PLAN, [TASK]);
    const { opId } = page.tables.write({ table: "task", op: "update", id: ANN, values: { status: "done" } });
    await page.sent("write");
    await page.clock.pass(190_000);
    assert.deepEqual(page.socket.sentOf("token"), [{ type: "token", token: tokenOf(ME) }]);
    page.socket.say({ type: "ok", ref: "token" });
    await page.draw();
    assert.deepEqual([page.tables.connection, seen.view.rows[0]?.status, page.tables.pending], ["live", "done", 1]);
    assert.equal(page.world.sockets.length, 1);
    assert.equal(page.tables.queue.operations[0]?.opId, opId);
});

test("a token that ran out while the page was away is replaced by the next one, and what waited is sent with it", async () => {
    await page.goLive();
    const seen = await page.view(PLAN, [TASK]);
    page.socket.hangUp(1006);
    page.token = () => Promise.reject(new Error("no network"));
    const { opId } = page.tables.write({ table: "task", op: "update", id: ANN, values: { status: "done" } });
    await page.clock.sleep(8 * 3_600_000);
    await page.clock.pass(60_000);
    assert.equal(page.tables.connection, "offline");
    page.token = async () => ({ token: tokenOf(ME), url: BRIDGE, expires_in: 301 });
    page.world.wake();
    await page.clock.pass(1000);
    await page.greet();
    assert.equal((await page.sent("write")).opId, opId);
    assert.equal(seen.view.rows[0]?.status, "done");
});

test("who is signed out is told so; rows and what waits stay, and go on when the same person is back", async () => {
    await page.goLive();
    const seen = await page.view(PLAN, [TASK]);
    page.token = async () => false;
    page.socket.hangUp(4001);
    const { opId } = page.tables.write({ table: "task", op: "update", id: ANN, values: { status: "done" } });
    await page.clock.pass(1000);
    assert.deepEqual([page.states.at(-1)?.connection, page.states.at(-1)?.pending, seen.view.rows[0]?.status], ["signed_out", 1, "done"]);
    const sockets = page.world.sockets.length;
    page.world.wake();
    await page.clock.pass(1000);
    assert.equal(page.states.at(-1)?.connection, "signed_out");

    page.token = async () => ({ token: tokenOf(ME), url: BRIDGE, expires_in: 300 });
    page.world.wake();
    await until(() => page.world.sockets.length > sockets);
    await page.greet();
    assert.equal(page.tables.connection, "live");
    assert.equal((await page.sent("write")).opId, opId);
});

test("a token that the bridge refuses again and again is said, and the next that it takes is enough", async () => {
    await page.goLive();
    page.tables.write({ table: "task", op: "delete", id: ANN });
    page.socket.hangUp(4001);
    await page.clock.pass(1000);
    page.socket.accept();
    assert.notEqual(page.states.at(-1)?.connection, "signed_out", "the first one was only old");
    page.socket.hangUp(4001);
    await page.clock.pass(100);
    assert.deepEqual([page.states.at(-1)?.connection, page.tables.pending], ["signed_out", 1]);
    await page.clock.pass(60_000);
    await page.greet();
    assert.equal(page.tables.connection, "live");
});

test("a page older than the bridge is told so", async () => {
    await page.goLive();
    page.socket.hangUp(4003);
    await settle();
    assert.equal(page.states.at(-1)?.connection, "outdated");
});

test("the page knows since when it is offline, but a connection that nobody looks at is given back without a word", async () => {
    await page.goLive();
    assert.equal(page.states.at(-1)?.since, undefined);
    page.socket.hangUp(1006);
    const since = page.clock.now();
    await page.clock.pass(200);
    assert.deepEqual([page.states.at(-1)?.connection, page.states.at(-1)?.since], ["offline", since]);
    await page.clock.pass(100);
    assert.deepEqual([page.states.at(-1)?.connection, page.states.at(-1)?.since], ["connecting", since]);
});

test("once a minute the page reports delays by the server's clock, but not of what it had missed", async () => {
    await page.goLive();
    const { feed } = await page.view(PLAN, []);
    page.socket.say({ type: "pong", offset: 1041, time: Date.parse("2026-11-21T10:00:00Z") });
    const start = page.clock.now();
    await page.clock.pass(1000);
    told(page, { feed, event: "INSERT", record: TASK, commit_timestamp: "2026-11-21T10:00:00.9Z" });
    await page.draw();
    for (; page.clock.now() < start + 59_000; await page.clock.pass(5000)) {
        page.socket.say({ type: "heartbeat", offset: 1042 });
    }
    await page.clock.pass(2000);
    const { delays, disconnects, seconds } = await page.sent("report");
    assert.ok(delays.length === 1 && delays[0] >= 100 && delays[0] <= 150, String(delays));
    assert.deepEqual([disconnects, seconds], [0, 60]);

    await page.reconnect();
    const again = await page.watched();
    told(page, { feed: again, event: "INSERT", record: TASK });
    await page.draw();
    page.tables.report.lost(false);
    page.tables.report.live();
    const next = page.clock.now();
    for (; page.clock.now() < next + 60_000; await page.clock.pass(5000)) {
        page.socket.say({ type: "heartbeat", offset: 1042 });
    }
    assert.deepEqual((({ delays: later, disconnects: lost }) => [later, lost])(await page.sent("report")), [[], 1]);
});

test("what a temporary id became is known to the next page, too", async () => {
    const browser = new FakeBrowser();
    page = new Page(browser);
    await page.goLive();
    const insert = page.tables.write({ table: "task", op: "insert", values: { title: "New" } });
    await page.sent("write");
    page.tables.write({ table: "task", op: "update", id: insert.ids[0], values: { title: "Newer" } });
    await until(() => page.tables.queue.operations.every(({ seq }) => seq));
    page.socket.say({ type: "written", opId: insert.opId, rows: [{ table: "task", id: ANN, record: TASK }] });
    page.socket.say({ type: "receipt", offset: 1043, opId: insert.opId });
    await until(() => page.tables.pending === 1);
    await page.tables.storage.operations(); // what was asked of the storage before is done
    page.end();

    page = new Page(browser, { name: "2" });
    await page.goLive();
    assert.equal((await page.sent("write")).id, ANN);
});

test("a page that names what another page's refused write was to insert is told so", async () => {
    await page.goLive();
    const orphan = { table: "task", op: /** @type {const} */ ("update"), id: "temp:00000000-0000-4000-8000-000000000009", values: { title: "x" } };
    await assert.rejects(page.tables.write(orphan).done, { code: "missing_reference" });
    assert.equal(page.tables.pending, 0);
});

test("a view of what the server does not have yet is the device's own until it does", async () => {
    await page.goLive();
    const insert = page.tables.write({ table: "plan", op: "insert", values: { title: "Week" } });
    const [temp] = insert.ids;
    const seen = page.open({ table: "task", filter: `plan_id=eq.${temp}` });
    page.tables.write({ table: "task", op: "insert", values: { plan_id: temp, title: "Deliver" } });
    await seen.view.ready;
    await page.draw();
    assert.deepEqual(seen.rows.map(({ title }) => title), ["Deliver"]);
    assert.deepEqual(page.socket.sentOf("watch"), []);
    await page.sent("write");
    page.socket.say({ type: "written", opId: insert.opId, rows: [{ table: "plan", id: BEN, record: null }] });
    await page.draw();
    assert.equal((await page.sent("watch")).filter, `plan_id=eq.${BEN}`);
});

test("one page of a browser sends for all, and another takes over when it is gone", async () => {
    const browser = new FakeBrowser();
    const [first, second] = [new Page(browser, { name: "1" }), new Page(browser, { name: "2" })];
    await first.goLive();
    await second.goLive();
    const seen = await second.view(PLAN, [TASK]);
    const shown = await first.view(PLAN, [TASK]);
    const { opId, done } = second.tables.write({ table: "task", op: "update", id: ANN, values: { status: "done" } });
    assert.equal((await first.sent("write")).opId, opId);
    await first.draw();
    assert.deepEqual([shown.rows[0]?.status, shown.rows[0]?.$pending], ["done", 1]);

    const stored = { ...TASK, status: "done", updated_at: "2026-11-21T10:00:01+00:00", updated_by: ME };
    first.socket.say({ type: "written", opId, rows: [{ table: "task", id: ANN, record: stored }] });
    first.socket.say({ type: "receipt", offset: 1043, opId });
    assert.deepEqual(await done, [{ table: "task", id: ANN, record: stored }]);
    await second.draw();
    assert.deepEqual(seen.rows, [{ ...stored, $pending: 0 }], "although its own connection has not told it yet");
    assert.deepEqual(second.socket.sentOf("write"), []);

    first.end();
    second.tables.write({ table: "task", op: "delete", id: ANN });
    await second.sent("write");
});

test("what one page deletes is not shown again by another, whose connection is behind", async () => {
    const browser = new FakeBrowser();
    const [first, second] = [new Page(browser, { name: "1" }), new Page(browser, { name: "2" })];
    await first.goLive();
    await second.goLive();
    const seen = await second.view(PLAN, [TASK]);
    const { opId, done } = second.tables.write({ table: "task", op: "delete", id: ANN });
    await first.sent("write");
    first.socket.say({ type: "written", opId, rows: [{ table: "task", id: ANN, record: null }] });
    first.socket.say({ type: "receipt", offset: 1043, opId });
    await done;
    await second.draw();
    assert.deepEqual(seen.rows, []);
});

test("a page that slept through what another page did does not wait for it", async () => {
    const browser = new FakeBrowser();
    const [first, second] = [new Page(browser, { name: "1" }), new Page(browser, { name: "2" })];
    await first.goLive();
    await second.goLive();
    const { opId, done } = second.tables.write({ table: "task", op: "delete", id: ANN });
    await first.sent("write");
    second.channel.onmessage = () => {};
    first.socket.say({ type: "written", opId, rows: [{ table: "task", id: ANN, record: null }] });
    first.socket.say({ type: "receipt", offset: 1043, opId });
    await first.tables.storage.operations();
    first.end();
    await done;
    assert.equal(second.tables.pending, 0);
});

test("a page whose connection is lost while it takes its turn does not take it", async () => {
    const browser = new FakeBrowser();
    const [first, second] = [new Page(browser, { name: "1" }), new Page(browser, { name: "2" })];
    await first.goLive();
    await second.goLive();
    await until(() => first.tables.queue.leads);
    let loaded = () => {};
    const loading = new Promise((resolve) => (loaded = () => resolve(undefined)));
    const { storage } = second.tables;
    const operations = storage.operations.bind(storage);
    let asked = false;
    storage.operations = async () => {
        asked = true;
        await loading;
        return operations();
    };
    first.end();
    await until(() => asked);
    second.socket.hangUp(1006);
    loaded();
    await operations();
    await settle();
    assert.equal(second.tables.queue.leads, false);
});

test("a page whose turn comes after its connection was lost does not take it", async () => {
    const browser = new FakeBrowser();
    const [first, second] = [new Page(browser, { name: "1" }), new Page(browser, { name: "2" })];
    await first.goLive();
    await second.goLive();
    await until(() => first.tables.queue.leads);
    second.socket.hangUp(1006);
    first.end();
    const third = new Page(browser, { name: "3" });
    await third.goLive();
    await until(() => third.tables.queue.leads);
    assert.equal(second.tables.queue.leads, false);
});

test("where browsers have no locks, pages take turns by a lease", async () => {
    const browser = new FakeBrowser();
    browser.locks = undefined;
    const [first, second] = [new Page(browser, { name: "1" }), new Page(browser, { name: "2" })];
    await first.goLive();
    await until(() => first.tables.queue.leads);
    second.world.clock.time = first.clock.now();
    await second.goLive();
    second.tables.write({ table: "task", op: "delete", id: ANN });
    await first.sent("write");
    assert.deepEqual(second.socket.sentOf("write"), []);
    first.end();
    for (let turn = 0; turn < 100 && !second.tables.queue.leads; turn++) {
        await second.clock.pass(100);
    }
    assert.ok(second.clock.now() - first.clock.now() > 5000, "not while the other may still send");
    await second.sent("write");
});

test("where browsers have no locks, a clock that is put back lets nobody wait for who is gone", async () => {
    const browser = new FakeBrowser();
    browser.locks = undefined;
    const [first, second] = [new Page(browser, { name: "1" }), new Page(browser, { name: "2" })];
    await first.goLive();
    await until(() => first.tables.queue.leads);
    first.end();
    second.world.clock.time = first.clock.now() - 3_600_000;
    await second.goLive();
    await until(() => second.tables.queue.leads);
});

for (const [how, leave] of /** @type {[string, (page: Page) => void][]} */ ([
    ["is stopped", ({ tables }) => tables.stop()],
    ["is left", (left) => left.leaves()],
    ["loses its connection", ({ socket }) => socket.hangUp(1006)],
])) {
    test(`where browsers have no locks, a page that ${how} lets the next one send at once`, async () => {
        const browser = new FakeBrowser();
        browser.locks = undefined;
        const [first, second] = [new Page(browser, { name: "1" }), new Page(browser, { name: "2" })];
        await first.goLive();
        await until(() => first.tables.queue.leads);
        second.world.clock.time = first.clock.now();
        leave(first);
        first.end();
        await second.goLive();
        await until(() => second.tables.queue.leads);
    });
}

/**
 * @param {Page} page
 * @param {object} change
 */
function told({ socket }, change) {
    socket.say({ type: "postgres_changes", table: "task", offset: 1042, commit_timestamp: "2026-11-21T10:00:01.000000Z", ...change });
}
