import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { EditingState } = await odooModule("editing_state.js");
const MODEL = "amanat.transfer";
/** @type {any} */
let editing;
/** @type {any[]} */
let said;
/** @type {any} */
let handlers;

beforeEach(() => {
    said = [];
    editing = new EditingState({
        isLive: (/** @type {string} */ model) => model === MODEL,
        touch: (/** @type {object} */ spec, /** @type {object} */ heard) => {
            said.push(spec);
            handlers = heard;
            return { set: (/** @type {string[]} */ fields) => said.push(fields), end: () => said.push("end") };
        },
        warn: (/** @type {string} */ message) => said.push(message),
    });
});

test("what is edited is said to the bridge: names, and no values", () => {
    editing.touch(MODEL, 42, { amount: 9 });
    editing.touch(MODEL, 42, { note: "old" });
    editing.untouch(MODEL, 42, ["amount"]);
    editing.untouch(MODEL, 42);
    assert.deepEqual(said, [{ model: MODEL, id: 42, fields: ["amount"] }, ["note", "amount"], ["note"], "end"]);
});

test("a record is edited as long as a field of it is", () => {
    assert.equal(editing.isEditing(MODEL, 42), false);
    editing.touch(MODEL, 42, { amount: 9 });
    assert.equal(editing.isEditing(MODEL, 42), true);
    assert.equal(editing.isEditing(MODEL, 42, "amount"), true);
    assert.equal(editing.isEditing(MODEL, 42, "note"), false);
    assert.equal(editing.isEditing(MODEL, 43), false);
    editing.untouch(MODEL, 42, ["amount"]);
    assert.equal(editing.isEditing(MODEL, 42), false);
});

test("the base is what the field held when the user began", () => {
    editing.touch(MODEL, 42, { amount: 9 });
    editing.touch(MODEL, 42, { amount: 12 });
    assert.equal(editing.base(MODEL, 42, "amount"), 9);
    assert.equal(editing.base(MODEL, 42, "note"), undefined);
});

test("a form and a row that edit the same record end it when both have", () => {
    const form = {};
    editing.set(form, { model: MODEL, id: 42, companies: [1] }, { amount: 9 });
    editing.touch(MODEL, 42, { amount: 12, note: "old" });
    assert.equal(editing.base(MODEL, 42, "amount"), 9);
    editing.set(form, { model: MODEL, id: 42, companies: [1] }, {});
    assert.equal(editing.base(MODEL, 42, "amount"), 12);
    editing.untouch(MODEL, 42);
    assert.deepEqual(said[0], { model: MODEL, id: 42, companies: [1], fields: ["amount"] });
    assert.equal(said.at(-1), "end");
    assert.equal(said.filter((it) => it === "end").length, 1);
});

test("what is not live, or not saved yet, stays in the tab", () => {
    editing.touch("res.partner", 3, { name: "A" });
    editing.touch(MODEL, 0, { note: "" });
    assert.deepEqual(said, []);
    assert.equal(editing.isEditing("res.partner", 3), true);
});

test("what was edited before it was known what is live is said then", () => {
    let live = false;
    editing.port.isLive = () => live;
    editing.touch(MODEL, 42, { amount: 9 });
    live = true;
    editing.sayAll();
    editing.sayAll();
    assert.deepEqual(said, [{ model: MODEL, id: 42, fields: ["amount"] }, ["amount"]]);
});

test("a conflict is told with what the user began with", () => {
    /** @type {any[]} */
    const heard = [];
    const end = editing.onConflict((/** @type {any} */ conflict) => heard.push(conflict));
    editing.touch(MODEL, 42, { amount: 9 });
    const frame = {
        type: "conflict", feed: 5, offset: 7, model: MODEL, id: 42, own: true,
        fields: { amount: { base: 11, theirs: 12 } }, user: { id: 8, name: "Bobur" }, at: "now",
    };
    handlers.conflict(frame);
    end();
    handlers.conflict(frame);
    assert.deepEqual(heard, [{
        model: MODEL, id: 42, fields: { amount: { base: 9, theirs: 12 } }, user: { id: 8, name: "Bobur" }, at: "now", own: true,
    }]);
});

test("a listener that fails keeps no other from hearing", () => {
    let heard = 0;
    editing.onConflict(() => {
        throw new Error("broken");
    });
    editing.onConflict(() => void heard++);
    editing.touch(MODEL, 42, { amount: 9 });
    handlers.conflict({ model: MODEL, id: 42, fields: { amount: {} } });
    assert.equal(heard, 1);
    assert.match(said.at(-1), /failed/);
});
