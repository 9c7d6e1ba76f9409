import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeClock, sample, settle } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { LiveList } = await odooModule("live_list.js");
const { Highlights, cellClass, rowClass } = await odooModule("highlights.js");

/** A list of transfer 42; what would be drawn is kept. */
class FakeList {
    /** @type {any[]} */
    drawn = [];
    rereads = 0;
    /** @type {number[]} */
    added = [];
    ids = new Set([42]);
    sort = ["date"];
    held = false;
    /** @type {Promise<unknown>} */
    saved = Promise.resolve();

    describe() {
        const fields = ["amount", "state"];
        const { ids, sort } = this;
        return { model: "amanat.transfer", ids, sort, fields, patchable: new Set(fields), summed: new Set(), filter: [], group: [], complete: false };
    }

    async patch(/** @type {() => Map<number, any>} */ take, /** @type {(drawn: object) => void} */ show) {
        await this.saved;
        const values = take();
        this.drawn.push(Object.fromEntries(values));
        show({ changed: new Map([...values].map(([id, value]) => [id, Object.keys(value)])), added: [], held: this.held, again: false });
    }

    async reread() {
        this.rereads++;
        return { changed: new Map(), added: this.added, held: false, again: false };
    }
}

/** @type {FakeClock} */
let clock;
/** @type {any} */
let marks;
/** @type {FakeList} */
let list;
/** @type {FakeList | undefined} */
let replacement;
/** @type {any} */
let live;
let chance = 0;

beforeEach(() => {
    clock = new FakeClock();
    marks = {};
    chance = 0;
    list = new FakeList();
    replacement = undefined;
    live = new LiveList(list, {
        highlights: new Highlights(marks, clock.setTimeout),
        replace: () => replacement,
        debug: () => {},
        world: { ...clock, hidden: () => false, random: () => chance, now: clock.now },
    });
});

const update = (changes = {}) => ({ ...sample("list_update"), ...changes });
const record = (id = 42) => ({ resModel: "amanat.transfer", resId: id });

test("changed values are drawn at once, and marked until they fade", async () => {
    live.update(update());
    await settle();
    assert.deepEqual(list.drawn, [{ 42: { amount: 10.5, state: "done" } }]);
    assert.equal(cellClass(marks, record(), "amount"), "o_amanat_cell_changed");
    assert.equal(list.rereads, 0);

    await clock.pass(3000);
    assert.deepEqual(marks, {});
});

test("a second change restarts the fade", async () => {
    live.update(update());
    await settle();
    live.update(update());
    await settle();
    assert.equal(cellClass(marks, record(), "amount"), "o_amanat_cell_changed o_amanat_again");
});

test("what this user did elsewhere is drawn without a mark", async () => {
    live.update({ ...sample("list_update-own") });
    await settle();
    assert.equal(list.drawn.length, 1);
    assert.deepEqual(marks, {});
});

test("changes that wait for a save are drawn together, the newest of each field", async () => {
    let finish = () => {};
    list.saved = new Promise((resolve) => (finish = () => resolve(undefined)));
    live.update(update());
    live.update(update({ records: [{ id: 42, amount: 11, state: "open" }], changed_fields: ["amount"] }));
    finish();
    await settle();
    assert.deepEqual(list.drawn, [{ 42: { amount: 11, state: "done" } }]);
});

test("own and others' changes that wait together are marked", async () => {
    live.update({ ...sample("list_update-own") });
    live.update(update());
    await settle();
    assert.equal(cellClass(marks, record(), "amount"), "o_amanat_cell_changed");
});

test("too many waiting values become one read", async () => {
    list.ids = new Set(Array.from({ length: 600 }, (_, id) => id));
    live.update(update({ records: [...list.ids].map((id) => ({ id, amount: 1 })) }));
    await clock.pass(150);
    assert.equal(list.rereads, 1);
});

test("a new record is read into its place, and its row marked", async () => {
    list.added = [43, 80];
    live.update(update({ op: "create", records: [{ id: 43 }] }));
    await clock.pass(150);
    assert.equal(list.rereads, 1);
    assert.equal(rowClass(marks, record(43)), "o_amanat_row_new");
    assert.equal(rowClass(marks, record(80)), "", "moved up from the next page, not new");
});

test("a record this user made elsewhere comes without a mark", async () => {
    list.added = [43];
    live.update(update({ op: "create", records: [{ id: 43 }], own: true }));
    await clock.pass(150);
    assert.equal(rowClass(marks, record(43)), "");
});

test("a reset reads the page", async () => {
    live.stale("deleted");
    await clock.pass(150);
    assert.equal(list.rereads, 1);
});

test("what concerns everybody is not read by everybody at once; what concerns a few records is read soon", async () => {
    chance = 0.5;
    for (const why of ["gap", "failed", "bulk", "overflow", "rights", "anything else"]) {
        live.stale(why);
        assert.deepEqual(clock.waiting, [1725], why);
        await clock.pass(2000);
    }
    for (const why of ["deleted", "not_readable", "own", "opened"]) {
        live.stale(why);
        assert.deepEqual(clock.waiting, [225], why);
        await clock.pass(2000);
    }
});

test("an own save that the web client has drawn is not read again", async () => {
    live.receipt({ op: "update", ids: [42] }, { expected: true });
    live.receipt({ op: "create", ids: [42] }, { expected: false });
    await clock.pass(1000);
    assert.equal(list.rereads, 0);
});

test("what an own click caused beyond that is read", async () => {
    live.receipt({ op: "update", ids: [99] }, { expected: false });
    await clock.pass(1000);
    assert.equal(list.rereads, 1);
});

test("what had to wait for the user is drawn when they are done, once", async () => {
    list.held = true;
    live.update(update());
    await settle();
    live.released();
    live.released();
    await clock.pass(1000);
    assert.equal(list.rereads, 1);
});

test("a list that cannot be changed in place is replaced by one that reloads", async () => {
    replacement = new FakeList();
    list.reread = async () => {
        throw new TypeError("not a function");
    };
    live.stale("deleted");
    await clock.pass(5000);
    assert.equal(replacement.rereads, 1);
});

test("a closed list does nothing more", async () => {
    live.stale("deleted");
    live.close();
    await clock.pass(5000);
    assert.equal(list.rereads, 0);
});
