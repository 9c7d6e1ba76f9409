import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { create } from "../../board/acts.js";
import { App } from "../../board/app.js";
import { settle } from "../fakes.js";
import { Page } from "../tables/fakes.js";
import { FakeServer, FakeTables, MONDAY, office } from "./fake_tables.js";

/** @type {FakeServer} */
let server;
/** @type {App} */
let app;

beforeEach(async () => {
    Object.assign(globalThis, { requestAnimationFrame: setImmediate });
    server = new FakeServer(office(20));
    const told = { onState: () => {}, onToast: () => {} };
    app = new App({ tables: new FakeTables(server, "e0", told), language: "en", now: () => new Date(`${MONDAY}T10:00:00`) });
    app.data.later = () => {};
    app.draw();
    await shown();
});

/** The page has drawn what it has, and what that made it ask for. */
async function shown() {
    for (let turn = 0; turn < 10; turn++) {
        await settle();
    }
}

test("a task that is open is known in whatever week the board shows, until it is gone", async () => {
    app.set({ open: { kind: "task", id: "t6" } });
    await shown();
    app.go(1);
    await shown();
    assert.deepEqual([app.data.rows("tasks"), app.task("t6")?.id, app.isGone("t6")], [[], "t6", false]);
    server.put("task", "t6", { plan_id: "p9", title: "later" }, "e1");
    await shown();
    assert.equal(app.task("t6")?.title, "later");
    server.put("task", "t6", null, "e1");
    await shown();
    assert.deepEqual([app.task("t6"), app.isGone("t6")], [undefined, true]);
});

test("a task that cannot be had just now is not gone", async () => {
    app.set({ open: { kind: "task", id: "t6" } });
    await shown();
    app.tables.about("task", { stale: true, error: { code: "unavailable" } });
    await shown();
    assert.deepEqual([app.task("t6"), app.isGone("t6")], [undefined, false]);
});

test("a task that has just got its real id is found by the one that is still drawn", async () => {
    const drawn = { closest: () => ({ getAttribute: () => "temp:1" }) };
    app.renamed(new Map([["temp:1", "t6"]]));
    assert.deepEqual([app.taskAt(/** @type {any} */ (drawn)), app.task("temp:1")?.id, app.taskAt(/** @type {any} */ ({ closest: () => null }))], ["t6", "t6", ""]);
});

test("the first task of a week is seen before the server has heard of either", async () => {
    const page = new Page();
    await page.tables.start();
    app = new App({ tables: page.tables, language: "en", branch: "b1", now: () => new Date(`${MONDAY}T10:00:00`) });
    app.data.rows = (name) => (name === "branches" ? [{ id: "b1" }] : []);
    const { ids } = create(app, { title: "Deliver", day: MONDAY });
    const seen = page.open({ table: "task", filter: `plan_id=eq.${ids[0]}` });
    await page.draw();
    assert.deepEqual(seen.rows.map(({ title, plan_id }) => [title, plan_id]), [["Deliver", ids[0]]]);
    await page.greet();
    const { ops } = await page.sent("write");
    assert.deepEqual(ops.map((/** @type {any} */ { id, values }) => [id, values.plan_id]), [[undefined, undefined], [undefined, { $ref: 0 }]]);
});
