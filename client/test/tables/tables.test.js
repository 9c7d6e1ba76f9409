import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeBrowser, ME, Page, until } from "./fakes.js";

const ANN = "a0000000-0000-4000-8000-000000000001";
const SOMEBODY = "b0000000-0000-4000-8000-000000000002";
const MONDAY = { id: ANN, plan_id: "p1", title: "Deliver", status: "taken", updated_at: "2026-11-21T10:00:00.1+00:00", updated_by: SOMEBODY };

/** @type {Page} */
let page;

beforeEach(() => void (page = new Page()));

test("a view watches, reads, and shows what changes", async () => {
    await page.goLive();
    const seen = await page.view({ table: "task", filter: "plan_id=eq.p1" }, [MONDAY]);
    await seen.view.ready;
    assert.deepEqual(seen.rows, [{ ...MONDAY, $pending: 0 }]);

    change(seen.feed, "UPDATE", { ...MONDAY, status: "done", updated_at: "2026-11-21T10:00:01+00:00" });
    await page.draw();
    assert.equal(seen.rows[0]?.status, "done");

    change(seen.feed, "UPDATE", MONDAY);
    await page.draw();
    assert.equal(seen.rows[0]?.status, "done", "an older state");

    gone(seen.feed, ANN);
    await page.draw();
    assert.deepEqual(seen.rows, []);
});

test("a write is seen at once, sent, and let go of with its receipt", async () => {
    await page.goLive();
    const seen = await page.view({ table: "task", filter: "plan_id=eq.p1" }, [MONDAY]);
    const { opId } = page.tables.write({ table: "task", op: "update", id: ANN, values: { status: "done" } });
    await page.draw();
    assert.deepEqual([seen.rows[0]?.status, seen.rows[0]?.$pending, page.tables.pending], ["done", 1, 1]);

    const write = await page.sent("write");
    assert.deepEqual(write, { type: "write", opId, table: "task", op: "update", id: ANN, values: { status: "done" } });
    const stored = { ...MONDAY, status: "done", updated_at: "2026-11-21T10:00:02+00:00", updated_by: ME };
    page.socket.say({ type: "written", opId, rows: [{ table: "task", id: ANN, record: stored }] });
    assert.equal(page.tables.pending, 1, "not before its receipt");
    change(seen.feed, "UPDATE", stored);
    page.socket.say({ type: "receipt", offset: 1043, opId });
    await page.draw();
    assert.deepEqual([seen.rows[0], page.tables.pending], [{ ...stored, $pending: 0 }, 0]);
});

test("a temporary id becomes the real one, in what waits behind it too", async () => {
    await page.goLive();
    const seen = await page.view({ table: "task", filter: "plan_id=eq.p1" }, []);
    const insert = page.tables.write({ table: "task", op: "insert", values: { plan_id: "p1", title: "New" } });
    const [temp] = insert.ids;
    page.tables.write({ table: "task", op: "update", id: temp, values: { title: "Newer" } });
    await page.draw();
    assert.deepEqual(seen.rows, [{ id: temp, plan_id: "p1", title: "Newer", $pending: 2, $temp: true }]);

    assert.deepEqual(await page.sent("write"), { type: "write", opId: insert.opId, table: "task", op: "insert", values: { plan_id: "p1", title: "New" } });
    const stored = { ...MONDAY, title: "New", updated_by: ME };
    page.socket.say({ type: "written", opId: insert.opId, rows: [{ table: "task", id: ANN, record: stored }] });
    assert.equal((await page.sent("write", 2)).id, ANN);
    await page.draw();
    assert.deepEqual(page.named, [[temp, ANN]]);
    assert.deepEqual(seen.rows.map(({ id, title, $temp }) => [id, title, $temp]), [[ANN, "Newer", undefined]]);
    change(seen.feed, "INSERT", stored);
    page.socket.say({ type: "receipt", offset: 1043, opId: insert.opId });
    assert.deepEqual(await insert.done, [{ table: "task", id: ANN, record: stored }]);
});

const REFUSED = { type: "refused", code: "invalid_value", message: "no", index: 0, table: "task", column: "title" };

test("what is refused is undone with what depends on it", async () => {
    await page.goLive();
    const seen = await page.view({ table: "task", filter: "plan_id=eq.p1" }, [MONDAY]);
    const insert = page.tables.write({ table: "task", op: "insert", values: { plan_id: "p1", title: "" } });
    const edit = page.tables.write({ table: "task", op: "update", id: insert.ids[0], values: { title: "x" } });
    const other = page.tables.write({ table: "task", op: "update", id: ANN, values: { title: "y" } });
    await page.sent("write");
    page.socket.say({ ...REFUSED, opId: insert.opId });
    await assert.rejects(insert.done, { code: "invalid_value", column: "title" });
    await assert.rejects(edit.done, { code: "cancelled" });
    await page.draw();
    assert.deepEqual(seen.rows.map(({ title }) => title), ["y"]);
    const steps = [{ table: "task", op: "insert", id: insert.ids[0], values: { plan_id: "p1", title: "" } }];
    assert.deepEqual(page.toasts[0], { ...REFUSED, opId: insert.opId, ...steps[0], steps });
    assert.deepEqual(page.toasts.map(({ code }) => code), ["invalid_value", "cancelled"]);
    assert.equal((await page.sent("write", 2)).opId, other.opId);
});

test("the queue and the rows survive the page", async () => {
    const browser = new FakeBrowser();
    page = new Page(browser);
    await page.goLive();
    await page.view({ table: "task", filter: "plan_id=eq.p1" }, [MONDAY]);
    page.socket.hangUp(1006);
    const { opId } = page.tables.write({ table: "task", op: "update", id: ANN, values: { status: "done" } });
    await until(() => page.tables.queue.operations[0]?.seq);
    await page.clock.pass(400);
    await page.clock.pass(100);

    page = new Page(browser, { name: "2" });
    page.token = () => Promise.reject(new Error("offline"));
    const started = page.tables.start();
    await page.clock.pass(0);
    await started;
    assert.equal(page.tables.me, ME);
    const seen = page.open({ table: "task", filter: "plan_id=eq.p1" });
    await until(() => page.tables.connection === "offline");
    await seen.view.ready;
    await page.draw();
    assert.deepEqual(seen.rows.map(({ status, $pending }) => [status, $pending]), [["done", 1]]);
    assert.equal(seen.about.stale, true);

    page.token = async () => ({ token: `x.${btoa(JSON.stringify({ sub: ME }))}.x`, url: "ws://bridge/amanat.v1/board", expires_in: 300 });
    await page.clock.pass(1000);
    await page.greet();
    assert.equal((await page.sent("write")).opId, opId);
});

/**
 * @param {number} feed
 * @param {string} event
 * @param {object} record
 */
function change(feed, event, record) {
    page.socket.say({ type: "postgres_changes", feed, table: "task", event, record, offset: 1042, commit_timestamp: "2026-11-21T10:00:01.000000Z" });
}

/**
 * @param {number} feed
 * @param {string} id
 */
function gone(feed, id) {
    page.socket.say({ type: "postgres_changes", feed, table: "task", event: "DELETE", old_record: { id }, offset: 1044, commit_timestamp: "2026-11-21T10:00:03.000000Z" });
}
