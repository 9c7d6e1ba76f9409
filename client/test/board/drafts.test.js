import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts } from "../../board/drafts.js";

const app = /** @type {any} */ ({ task: () => undefined, data: { row: () => undefined } });

for (const open of /** @type {import("../../board/app.js").Open[]} */ ([
    { kind: "task", id: "t1" },
    { kind: "new", values: { employee_id: "e1", day: "2026-11-16", starts: "09:00" } },
    { kind: "client", id: "c1" },
    { kind: "new_client" },
])) {
    test(`what was typed into a ${open.kind} is there when it is opened again, until it was saved`, () => {
        const drafts = new Drafts(app);
        drafts.of(open).type("note", "half a senten");
        drafts.forgetClean();
        assert.equal(drafts.of(open).value("note"), "half a senten");
        assert.ok(drafts.has(open));
        drafts.of(open).clear();
        drafts.forgetClean();
        assert.equal(drafts.of(open).value("note"), null);
    });
}

test("what was typed into a new task goes on under its real id", () => {
    const drafts = new Drafts(app);
    drafts.of({ kind: "task", id: "temp" }).type("note", "half a senten");
    drafts.rename("temp", "t1");
    assert.deepEqual([drafts.has({ kind: "task", id: "temp" }), drafts.has({ kind: "task", id: "t1" })], [false, true]);
});

const ROW = { id: "t1", title: "Deliver", note: "before" };
const REFUSED = { table: "task", op: "update", id: "t1", values: { note: "a long note", employee_id: "e2" } };

test("what was typed, saved and refused is typed again, beside what the row is then", () => {
    const drafts = new Drafts(/** @type {any} */ ({ task: () => ({ ...ROW, ...REFUSED.values }) }));
    const open = drafts.bringBack(REFUSED);
    assert.deepEqual(open, { kind: "task", id: "t1" });
    const draft = drafts.of({ kind: "task", id: "t1" });
    draft.follow(ROW);
    assert.deepEqual([draft.typed, draft.differs("note")], [{ note: "a long note" }, false]);
    draft.follow({ ...ROW, note: "theirs" });
    assert.deepEqual([draft.value("note"), draft.differs("note")], ["a long note", true]);
});

test("what was typed since counts more than what was refused", () => {
    const drafts = new Drafts(/** @type {any} */ ({ task: () => ROW }));
    drafts.of({ kind: "task", id: "t1" }).type("note", "newer");
    drafts.bringBack(REFUSED);
    assert.deepEqual(drafts.of({ kind: "task", id: "t1" }).typed, { note: "newer" });
});

test("a new row that was refused is typed again; what was only chosen is not", () => {
    const drafts = new Drafts(app);
    const values = { title: "Deliver", day: "2026-11-16" };
    const open = drafts.bringBack({ table: "task", op: "insert", id: "temp", values });
    assert.deepEqual(open, { kind: "new", values });
    assert.deepEqual(drafts.of(/** @type {any} */ (open)).all, { title: "Deliver", day: "2026-11-16" });
    assert.equal(drafts.bringBack({ table: "task", op: "update", id: "t1", values: { status: "done" } }), undefined);
    assert.equal(drafts.bringBack({ table: "task", op: "delete", id: "t1" }), undefined);
    assert.equal(drafts.bringBack({ table: "plan", op: "insert", id: "temp", values: { title: "Week" } }), undefined);
});

test("two new clients that were refused are two drafts", () => {
    const drafts = new Drafts(app);
    const refused = [{ name: "Aziz" }, { name: "Olim", phone: "+998 90 000 00 02" }].map((values) => ({ table: "client_card", op: "insert", id: "temp", values }));
    const opens = /** @type {any[]} */ (refused.map((each) => drafts.bringBack(each)));
    assert.deepEqual(opens.map((open) => drafts.of(open).typed), refused.map(({ values }) => values));
    assert.ok(!drafts.has({ kind: "new_client" }));
});

test("the first task of a week is typed again when its plan was refused", () => {
    const drafts = new Drafts(app);
    const plan = { table: "plan", op: "insert", id: "temp:1", values: { title: "Week" } };
    const task = { table: "task", op: "insert", id: "temp:2", values: { title: "Deliver", day: "2026-11-16", plan_id: "temp:1" } };
    const open = drafts.bringBack({ ...plan, steps: [plan, task] });
    assert.deepEqual(open, { kind: "new", values: task.values });
    assert.equal(drafts.of(/** @type {any} */ (open)).value("title"), "Deliver");
    assert.equal(new Drafts(app).bringBack({ ...plan, steps: [plan] }), undefined);
});
