import assert from "node:assert/strict";
import { test } from "node:test";
import { Draft } from "../../board/draft.js";

const FIELDS = ["title", "starts", "note"];
const row = { title: "Clean", starts: "09:00:00", note: null, updated_by: "aziz" };

test("fields that nobody types in follow the row", () => {
    const draft = new Draft(FIELDS, row);
    draft.follow({ ...row, title: "Wash" });
    assert.equal(draft.value("title"), "Wash");
    assert.equal(draft.value("starts"), "09:00");
    assert.equal(draft.value("note"), null);
    assert.equal(draft.dirty, false);
});

test("what is typed stays, and what somebody else made of it is told beside it", () => {
    const draft = new Draft(FIELDS, row);
    draft.type("title", "Clean well");
    assert.equal(draft.differs("title"), false);
    draft.follow({ ...row, title: "Wash", note: "key" });
    assert.equal(draft.value("title"), "Clean well");
    assert.equal(draft.differs("title"), true);
    assert.equal(draft.theirs("title"), "Wash");
    assert.equal(draft.value("note"), "key");
    assert.deepEqual(draft.typed, { title: "Clean well" });
});

test("theirs is taken: the draft has nothing of mine", () => {
    const draft = new Draft(FIELDS, row);
    draft.type("title", "Clean well");
    draft.follow({ ...row, title: "Wash" });
    draft.drop("title");
    assert.equal(draft.value("title"), "Wash");
    assert.equal(draft.dirty, false);
});

test("mine is kept: it differs no more, until they change it again", () => {
    const draft = new Draft(FIELDS, row);
    draft.type("title", "Clean well");
    draft.follow({ ...row, title: "Wash" });
    draft.keep("title");
    assert.equal(draft.differs("title"), false);
    assert.deepEqual(draft.typed, { title: "Clean well" });
    draft.follow({ ...row, title: "Polish" });
    assert.equal(draft.differs("title"), true);
});

test("what was typed back, or was written by them too, is no draft", () => {
    const draft = new Draft(FIELDS, row);
    draft.type("starts", "10:00");
    draft.type("starts", "09:00");
    assert.equal(draft.dirty, false);
    draft.type("title", "Wash");
    draft.follow({ ...row, title: "Wash" });
    assert.equal(draft.dirty, false);
});

test("a field that is emptied is written as no value", () => {
    const draft = new Draft(FIELDS, { ...row, note: "key" });
    draft.type("note", null);
    assert.deepEqual(draft.typed, { note: null });
    assert.deepEqual(new Draft(FIELDS, row).all, { title: "Clean", starts: "09:00" });
});
