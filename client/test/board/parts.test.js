import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, minutes, monday, shortTime, time, week, weekTitle } from "../../board/dates.js";
import { byTime, dayColumns, folded, hours, slotOf, slots, timeOf, weekColumns } from "../../board/layout.js";
import { hue, initials } from "../../board/palette.js";
import { step } from "../../board/roving.js";
import { bridgeAddress } from "../../board/session.js";
import { safe } from "../../board/task_facts.js";
import { range, reveal, steady } from "../../board/window.js";
import { Words } from "../../board/words.js";

const task = (/** @type {string} */ id, /** @type {Record<string, any>} */ values = {}) => ({ id, employee_id: "aziz", day: "2026-11-18", starts: "09:00:00", ends: "10:30:00", ...values });

test("a week begins on Monday, also over the end of a year", () => {
    assert.equal(monday("2026-11-22"), "2026-11-16");
    assert.deepEqual(week("2027-01-01"), ["2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03"]);
    assert.equal(addDays("2026-03-28", 2), "2026-03-30");
    assert.equal(weekTitle(new Words("en"), "2026-12-31"), "28 Dec – 3 January 2027");
});

test("times are those of PostgreSQL without their seconds", () => {
    assert.equal(shortTime("09:30:00"), "09:30");
    assert.equal(minutes("09:30:00"), 570);
    assert.equal(time(570), "09:30");
    assert.equal(time(25 * 60), "23:59");
    assert.equal(timeOf(task("a")), "09:00–10:30");
    assert.equal(hours([task("a"), task("b", { ends: "09:20" })]), "1.8");
});

test("tasks stand in the slot of their person and day, by time", () => {
    const columns = weekColumns(week("2026-11-18"));
    const found = slots([task("late", { starts: "11:00" }), task("early"), task("other", { employee_id: "dilnoza" }), task("next week", { day: "2026-11-25" })], columns);
    assert.deepEqual([...found].map(([slot, tasks]) => [slot, tasks.map(({ id }) => id)]), [
        [slotOf("aziz", "2026-11-18"), ["early", "late"]],
        [slotOf("dilnoza", "2026-11-18"), ["other"]],
    ]);
    assert.ok(byTime(task("a"), task("b")) < 0);
});

test("a day has the hours of the office, and those of its tasks", () => {
    const columns = dayColumns("2026-11-18", [task("night", { starts: "22:15" })]);
    assert.deepEqual([columns[0]?.hour, columns.at(-1)?.hour], [8, 22]);
    assert.deepEqual([...slots([task("night", { starts: "22:15" })], columns).keys()], ["aziz/2026-11-18T22"]);
});

test("a name is found whichever apostrophe it is typed with", () => {
    assert.equal(folded("Oʻktam"), folded("O'ktam"));
    assert.equal(folded("FARG‘ONA"), folded("farg`ona"));
});

test("people have initials and always the same colour", () => {
    assert.equal(initials("Dilnoza Karimova"), "DK");
    assert.equal(initials("ольга"), "О");
    assert.equal(hue("e1"), hue("e1"));
});

test("arrow keys go through the tasks of a slot, then to the next slot", () => {
    const field = { rows: 2, columns: 2, cards: (/** @type {number} */ row, /** @type {number} */ column) => (row === 0 && column === 0 ? ["a", "b"] : row === 1 && column === 0 ? ["c"] : []) };
    const from = { row: 0, column: 0, card: "a" };
    const places = ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "End"].reduce((all, key) => [...all, step(key, all.at(-1) ?? from, field) ?? from], [from]);
    assert.deepEqual(places.map(({ row, column, card }) => `${row}${column}${card}`), ["00a", "00b", "00", "10c", "11", "01", "00a", "01"]);
    assert.equal(step("x", from, field), undefined);
    assert.deepEqual(step("ArrowUp", from, field), from);
});

test("a long list draws the rows near the screen, never more than three screens of them", () => {
    for (const top of [0, 17, 4_000, 399_999, 400_000]) {
        const { first, end } = range({ top, height: 800, rowHeight: 40, count: 10_000 });
        assert.ok(end - first <= 60 && first >= 0 && end <= 10_000);
        assert.ok(first * 40 <= top && end * 40 >= Math.min(top + 800, 400_000));
    }
    assert.deepEqual(range({ top: 0, height: 800, rowHeight: 40, count: 0 }), { first: 0, end: 0 });
});

test("rows above the screen come and go without moving what is seen", () => {
    assert.equal(steady({ top: 4_010, rowHeight: 40, before: 100, now: 103 }), 4_130);
    assert.equal(steady({ top: 4_010, rowHeight: 40, before: 100, now: -1 }), 4_010);
    assert.equal(reveal({ top: 400, height: 800, rowHeight: 40, index: 3 }), 120);
    assert.equal(reveal({ top: 400, height: 800, rowHeight: 40, index: 40 }), 840);
    assert.equal(reveal({ top: 400, height: 800, rowHeight: 40, index: 15 }), 400);
});

test("the bridge is where the page came from, unless configured otherwise", () => {
    assert.equal(bridgeAddress("/amanat.v1/board", "http://office:8081/board/?as=1"), "ws://office:8081/amanat.v1/board");
    assert.equal(bridgeAddress("/amanat.v1/board", "https://office/board/"), "wss://office/amanat.v1/board");
    assert.equal(bridgeAddress("wss://bridge/amanat.v1/board", "https://office/board/"), "wss://bridge/amanat.v1/board");
});

for (const [address, kept] of Object.entries({ "https://files/a.pdf": true, "/files/a.pdf": true, "javascript:alert(1)": false, "//files/a": false, "data:text/html,x": false, "": false })) {
    test(`an attachment at “${address}” is ${kept ? "a link" : "no link"}`, () => assert.equal(safe(address), kept ? address : ""));
}
