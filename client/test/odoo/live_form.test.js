import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeClock, settle } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { LiveForm } = await odooModule("form/live_form.js");

/** The form of transfer 42; what it is asked to do is kept. */
class FakeForm {
    /** @type {any[]} */
    log = [];
    outcome = "done";
    /** @type {Promise<unknown>} */
    saved = Promise.resolve();
    /** @type {() => Promise<unknown>} */
    reading = () => Promise.resolve();

    describe() {
        return { model: "amanat.transfer", id: 42, fields: ["amount", "note", "money_ids"], patchable: new Set(["amount", "note"]), computed: new Set() };
    }

    async draw(/** @type {() => Map<string, any>} */ take) {
        await this.saved;
        this.log.push(["draw", Object.fromEntries([...take()].map(([name, { value, who }]) => [name, [value, who.name]]))]);
    }

    async read(/** @type {Map<string, any> | undefined} */ news) {
        this.log.push(["read", news ? Object.fromEntries([...news].map(([name, who]) => [name, who.name])) : "all"]);
        await this.reading();
        return this.outcome;
    }

    async gone(/** @type {string} */ op, /** @type {any} */ who) {
        this.log.push(["gone", op, who]);
    }

    async release() {
        this.log.push(["release"]);
    }
}

/** @type {FakeForm} */
let form;
/** @type {FakeClock} */
let clock;
/** @type {any} */
let live;
/** @type {unknown[]} */
let failures;

beforeEach(() => {
    form = new FakeForm();
    clock = new FakeClock();
    failures = [];
    live = new LiveForm(form, {
        isOdooError: (/** @type {any} */ error) => error.message === "Odoo is away",
        failed: (/** @type {unknown} */ error) => failures.push(error),
        debug: () => {},
        world: { ...clock, hidden: () => false, random: () => 0, now: clock.now },
    });
});

/** @param {object} [more] */
function frame(more) {
    return { op: "update", records: [{ id: 42, amount: 12, note: "n", money_ids: [5] }], changed_fields: ["amount"], user: { id: 7, name: "Aziz" }, ...more };
}

test("a value is drawn at once, and nothing is read", async () => {
    live.update(frame());
    await clock.pass(5000);
    assert.deepEqual(form.log, [["draw", { amount: [12, "Aziz"] }]]);
});

test("what arrives while a save is running is drawn after it, at one go, each value with its author", async () => {
    let saved = () => {};
    form.saved = new Promise((resolve) => (saved = () => resolve(undefined)));
    live.update(frame());
    live.update(frame({ records: [{ id: 42, amount: 13, note: "m" }], changed_fields: ["note"], user: { id: 8, name: "Bobur" } }));
    await settle();
    assert.deepEqual(form.log, []);
    saved();
    await settle();
    assert.deepEqual(form.log, [["draw", { amount: [12, "Aziz"], note: ["m", "Bobur"] }]]);
});

test("lines are read once for many messages, for whoever changed them last", async () => {
    live.update(frame({ changed_fields: ["money_ids"] }));
    live.linesChanged("money_ids", frame({ user: { id: 8, name: "Bobur" } }));
    await clock.pass(5000);
    assert.deepEqual(form.log, [["read", { money_ids: "Bobur" }]]);
});

test("everything is read when it is not known what was missed", async () => {
    live.stale("reconnected");
    live.linesChanged("money_ids");
    await clock.pass(5000);
    assert.deepEqual(form.log, [["read", "all"]]);
});

test("a record that goes is told to the form, with who did it", async () => {
    live.update(frame({ op: "delete", own: true }));
    await settle();
    assert.deepEqual(form.log, [["gone", "delete", { name: "Aziz", own: true }]]);
});

test("a record that comes back is read as a whole", async () => {
    live.update(frame({ op: "leave", user: undefined }));
    live.update(frame({ op: "enter" }));
    await clock.pass(5000);
    assert.deepEqual(form.log.at(-1), ["read", "all"]);
});

test("a record that was saved while it was read is read again", async () => {
    form.outcome = "superseded";
    live.linesChanged("money_ids");
    await clock.pass(200);
    form.outcome = "done";
    await clock.pass(5000);
    assert.deepEqual(form.log, [["read", { money_ids: undefined }], ["read", "all"]]);
});

test("a read that Odoo did not answer is tried again", async () => {
    form.reading = () => Promise.reject(new Error("Odoo is away"));
    live.linesChanged("money_ids", frame());
    await clock.pass(200);
    form.reading = () => Promise.resolve();
    await clock.pass(5000);
    assert.deepEqual(form.log, [["read", { money_ids: "Aziz" }], ["read", { money_ids: "Aziz" }]]);
    assert.deepEqual(failures, []);
});

test("a form that cannot be drawn says so", async () => {
    form.draw = () => Promise.reject(new Error("no such method"));
    live.update(frame());
    await settle();
    assert.equal(failures.length, 1);
});

test("a message that is heard while Odoo reads the record may be missing in the answer", async () => {
    const answered = live.reading();
    live.update(frame());
    await settle();
    answered();
    await clock.pass(5000);
    assert.deepEqual(form.log.at(-1), ["read", "all"]);
});

test("this tab's own save is drawn already, another change of the record in this tab is not", async () => {
    live.receipt({ op: "update", ids: [42] }, { expected: true });
    live.receipt({ op: "update", ids: [43] }, { expected: false });
    await clock.pass(5000);
    assert.deepEqual(form.log, []);
    live.receipt({ op: "update", ids: [42] }, { expected: false });
    await clock.pass(5000);
    assert.deepEqual(form.log, [["read", "all"]]);
});

test("a refused save makes the form read what it would have overwritten", async () => {
    live.refused();
    await clock.pass(5000);
    assert.deepEqual(form.log, [["read", "all"]]);
});

test("nothing is read for a form that was closed", async () => {
    live.stale("bulk");
    live.close();
    await clock.pass(5000);
    assert.deepEqual(form.log, []);
});

test("what fails because the form was closed meanwhile is no fault", async () => {
    let fail = () => {};
    form.reading = () => new Promise((_resolve, reject) => (fail = () => reject(new Error("Component is destroyed"))));
    live.stale("opened");
    await clock.pass(500);
    live.close();
    fail();
    await clock.pass(5000);
    assert.deepEqual(failures, []);
});
