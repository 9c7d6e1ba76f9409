import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Data } from "../../board/data.js";
import { FakeClock } from "../fakes.js";

const TASKS = { tasks: { table: "task", filter: "plan_id=eq.p1" } };
const REFUSED = { stale: true, error: { code: "too_many_watches" } };

/** @type {FakeClock} */
let clock;
/** @type {{draw: Function, ended: boolean}[]} */
let views;
/** @type {Data} */
let data;

beforeEach(() => {
    clock = new FakeClock();
    views = [];
    const view = (/** @type {object} */ _query, /** @type {Function} */ draw) => {
        const opened = { draw, ended: false, end: () => void (opened.ended = true) };
        views.push(opened);
        return opened;
    };
    data = new Data({ view }, () => {}, clock.setTimeout);
    data.want(TASKS);
});

test("rows that were refused are said to be missing, and asked for again, later and later, until they are here", async () => {
    const pauses = [];
    for (let number = 1; number <= 6; number++) {
        views.at(-1)?.draw([], REFUSED);
        assert.deepEqual([data.refused, data.isReady("tasks")], [true, false]);
        const since = clock.now();
        await clock.pass(clock.waiting[0] ?? 0);
        pauses.push(clock.now() - since);
        assert.deepEqual([views.length, views.at(-2)?.ended, data.refused], [number + 1, true, true]);
    }
    assert.deepEqual(pauses, [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    views.at(-1)?.draw([{ id: "t1" }], { stale: false });
    assert.deepEqual([data.refused, data.isReady("tasks"), data.rows("tasks").length], [false, true, 1]);
});

test("what was here meanwhile is asked for as soon as the first time", async () => {
    views[0]?.draw([], REFUSED);
    await clock.pass(5_000);
    views[1]?.draw([], REFUSED);
    await clock.pass(10_000);
    views[2]?.draw([{ id: "t1" }], { stale: false });
    views[2]?.draw([], REFUSED);
    assert.deepEqual(clock.waiting, [5_000]);
});

test("what is not wanted any more is not asked for again", async () => {
    views[0]?.draw([], REFUSED);
    data.want({});
    await clock.pass(60_000);
    assert.deepEqual([views.length, data.refused], [1, false]);
});

test("somebody else is not asked for the rows of the former one", async () => {
    views[0]?.draw([], { stale: true, error: { code: "other_user" } });
    await clock.pass(60_000);
    assert.equal(views.length, 1);
});

test("more rows than a view holds are counted as far as they are here", () => {
    views[0]?.draw([{ id: "t1" }, { id: "t2" }], { stale: false });
    assert.equal(data.cut, 0);
    views[0]?.draw([{ id: "t1" }, { id: "t2" }], { stale: false, cut: true });
    assert.equal(data.cut, 2);
});
