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
