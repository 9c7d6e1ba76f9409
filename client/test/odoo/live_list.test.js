import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeClock, sample, settle } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { LiveList } = await odooModule("live_list.js");
const { Highlights, cellClass, rowClass, whyGone } = await odooModule("highlights.js");

const NOTHING_DRAWN = { held: false, kept: [], again: false };
const MODEL = "amanat.transfer";

/** A list of transfer 42; what would be drawn is kept. */
class FakeList {
    /** @type {any[]} */
    drawn = [];
    /** How many records more the list has, by what was drawn. @type {number[]} */
    counts = [];
    rereads = 0;
    stray = new Set();
    lingering = new Set();
    still = true;
    /** @type {any} */
    waiting;
    /** @type {boolean[]} */
    all = [];
    /** @type {number[][]} */
    reads = [];
    /** @type {number[]} */
    added = [];
    ids = new Set([42]);
    sort = ["date"];
    whole = false;
    first = false;
    held = false;
    again = false;
    /** @type {any[]} */
    kept = [];
    /** @type {Promise<unknown>} */
    saved = Promise.resolve();
    reading = () => Promise.resolve();

    describe() {
        const fields = ["amount", "state"];
        const { ids, sort, whole } = this;
        return {
            model: MODEL,
            ids,
            sort,
            plain: true,
            fields,
            patchable: new Set(fields),
            summed: new Set(),
            filter: [],
            group: [],
            whole,
            first: whole || this.first,
        };
    }

    async draw(/** @type {() => Map<number, any>} */ take, /** @type {(drawn: object) => void} */ show, /** @type {any} */ marks) {
        await this.saved;
        const steps = take();
        this.counts.push([...steps.values()].reduce((sum, { counts }) => sum + counts, 0));
        this.drawn.push(Object.fromEntries([...steps].map(([id, step]) => [id, step.gone ?? step.values])));
        const drawn = [...steps].filter(([, { gone }]) => !gone);
        drawn.forEach(([id, { values }]) => marks.cells(MODEL, id, Object.keys(values)));
        const { held, kept, again } = this;
        drawn.filter(([, { insert }]) => insert && !again).forEach(([id]) => marks.row(MODEL, id));
        show({ held, kept, again });
    }

    async read(/** @type {number[]} */ ids, /** @type {any} */ marks) {
        this.reads.push(ids);
        ids.forEach((id) => marks.cells(MODEL, id, ["state"]));
        return NOTHING_DRAWN;
    }

    strays(/** @type {number[]} */ ids) {
        return ids.filter((id) => this.stray.has(id));
    }

    linger(/** @type {number[]} */ ids) {
        return ids.filter((id) => this.lingering.has(id));
    }

    left() {
        return this.lingering.size > 0;
    }

    isStill() {
        return this.still;
    }

    async reread(/** @type {boolean} */ all, /** @type {any} */ marks) {
        this.rereads++;
        this.all.push(all);
        await this.reading();
        this.added.forEach((id) => marks.row(MODEL, id));
        return { ...NOTHING_DRAWN, waiting: this.waiting };
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
/** @type {any[]} */
let told;
/** @type {any[]} */
let waits;
let chance = 0;

beforeEach(() => {
    told = [];
    waits = [];
    clock = new FakeClock();
    marks = {};
    chance = 0;
    list = new FakeList();
    replacement = undefined;
    live = new LiveList(list, {
        highlights: new Highlights(marks, clock.setTimeout),
        replace: () => replacement,
        tellKept: (/** @type {any} */ row) => void told.push(row),
        tellWaiting: (/** @type {any} */ { coming, moved }) => void waits.push([[...coming], [...moved]]),
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
    assert.equal(cellClass(marks, record(), "amount"), "");
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

test("a record that enters a judged list is put there without a read, and its row marked", async () => {
    Object.assign(list, { whole: true, ids: new Set([41]) });
    live.filtered = true;
    live.update(sample("list_update-enter"));
    await clock.pass(1000);
    assert.deepEqual(list.drawn, [{ 42: { amount: 10.5, state: "done" } }]);
    assert.equal(rowClass(marks, record()), "o_amanat_row_new");
    assert.equal(list.rereads, 0);
});

test("a record that comes onto the first page of many is put there without a read", async () => {
    Object.assign(list, { first: true, ids: new Set([41]) });
    live.filtered = true;
    clock.time = Date.parse(sample("list_update-create").at) + 4_000;
    live.update(sample("list_update-create"));
    live.update({ ...sample("list_update-delete"), records: [{ id: 7 }], at: sample("list_update-create").at });
    await clock.pass(60_000);
    assert.deepEqual([list.counts, list.rereads], [[0], 0], "one more, and one less behind the page");
});

test("a first page of many on which its user has saved a row is read when a record comes: Odoo leaves the row where it was", async () => {
    Object.assign(list, { first: true, ids: new Set([41]) });
    live.filtered = true;
    live.receipt({ op: "update", ids: [41] }, { expected: true });
    live.update(sample("list_update-create"));
    await clock.pass(1000);
    assert.deepEqual([list.counts, list.rereads], [[], 1]);

    live.update(sample("list_update-create"));
    await clock.pass(1000);
    assert.deepEqual([list.counts, list.rereads], [[1], 1], "it stands as Odoo gave it");

    Object.assign(list, { whole: true });
    live.receipt({ op: "update", ids: [41] }, { expected: true });
    live.update(sample("list_update-create"));
    await clock.pass(1000);
    assert.equal(list.rereads, 1, "where there is no next page, its values tell the place");
});

test("how many there are is asked once in a while when Odoo may have counted a record before it was heard of", async () => {
    Object.assign(list, { first: true, ids: new Set([41]) });
    live.filtered = true;
    clock.time = Date.parse(sample("list_update-create").at);
    const create = (id = 43) => ({ ...sample("list_update-create"), records: [{ ...sample("list_update-create").records[0], id }], at: new Date(clock.time).toISOString() });
    live.reading()();
    for (let id = 43; id < 53; id++) {
        live.update(create(id));
        await clock.pass(1000);
    }
    assert.deepEqual([list.counts, list.rereads], [Array(10).fill(1), 0], "each is put there at once");
    await clock.pass(30_000);
    assert.equal(list.rereads, 1);

    await clock.pass(60_000);
    live.update({ ...create(60), at: new Date(clock.time - 6_000).toISOString() });
    await clock.pass(59_000);
    assert.equal(list.rereads, 1, "later each time");
    await clock.pass(2_000);
    assert.equal(list.rereads, 2, "told late");

    await clock.pass(60_000);
    live.update(create(61));
    await clock.pass(600_000);
    assert.equal(list.rereads, 2);

    live.update({ ...sample("list_update-leave"), records: [{ id: 7 }] });
    await clock.pass(600_000);
    assert.equal(list.rereads, 3, "nobody says when");

    live.opened(true);
    live.update(create(62));
    await clock.pass(600_000);
    assert.equal(list.rereads, 4, "the bridge may tell again what it has told");
});

test("a list into which something comes every five seconds is counted ever more seldom", async () => {
    Object.assign(list, { first: true, ids: new Set([41]) });
    live.filtered = true;
    clock.time = Date.parse(sample("list_update-create").at);
    live.reading()();
    for (let id = 43; id < 43 + 720; id++) {
        live.update({ ...sample("list_update-create"), records: [{ ...sample("list_update-create").records[0], id }], at: new Date(clock.time).toISOString() });
        await clock.pass(5_000);
    }
    assert.equal(list.rereads, 14, "within an hour");
});

test("a record that is heard of while the page is read is counted anew", async () => {
    Object.assign(list, { first: true, ids: new Set([41]) });
    live.filtered = true;
    clock.time = Date.parse(sample("list_update-create").at);
    let finish = () => {};
    list.reading = () => new Promise((resolve) => (finish = () => resolve(undefined)));
    live.stale("filter");
    await clock.pass(1000);
    live.update({ ...sample("list_update-create"), at: new Date(clock.time).toISOString() });
    list.reading = () => Promise.resolve();
    finish();
    await clock.pass(60_000);
    assert.equal(list.rereads, 2);
});

test("a record that comes and goes before it is drawn is counted as if it had never been", async () => {
    let finish = () => {};
    Object.assign(list, { whole: true, ids: new Set([41]), saved: new Promise((resolve) => (finish = () => resolve(undefined))) });
    live.filtered = true;
    live.update(sample("list_update-enter"));
    live.update(sample("list_update-delete"));
    finish();
    await settle();
    assert.deepEqual(list.counts, [0]);
});

test("a record that comes and whose place only Odoo knows is marked when it is read", async () => {
    Object.assign(list, { whole: true, ids: new Set([41]), again: true, added: [42, 7] });
    live.filtered = true;
    live.update(sample("list_update-enter"));
    await clock.pass(1000);
    assert.deepEqual([list.rereads, rowClass(marks, record(42)), rowClass(marks, record(7))], [1, "o_amanat_row_new", ""]);
});

test("a record that leaves is taken from the screen without a read", async () => {
    list.whole = true;
    live.update(sample("list_update-leave"));
    live.update(sample("list_update-delete"));
    await clock.pass(1000);
    assert.deepEqual(list.drawn, [{ 42: { op: "delete", by: "Aziz Karimov" }, 43: { op: "leave", by: undefined } }]);
    assert.deepEqual([list.rereads, marks], [0, {}]);
});

test("what comes and goes while a save is running is drawn as it is in the end", async () => {
    let finish = () => {};
    Object.assign(list, { whole: true, ids: new Set([41]), saved: new Promise((resolve) => (finish = () => resolve(undefined))) });
    live.filtered = true;
    live.update(sample("list_update-enter"));
    live.update(update());
    live.update(sample("list_update-delete"));
    finish();
    await clock.pass(1000);
    assert.deepEqual(list.drawn, [{ 42: { op: "delete", by: "Aziz Karimov" } }]);
    assert.equal(list.rereads, 0, "an update of a record that is on its way needs no page");
});

test("a record that left and came back is drawn with every value", async () => {
    let finish = () => {};
    Object.assign(list, { whole: true, saved: new Promise((resolve) => (finish = () => resolve(undefined))) });
    live.filtered = true;
    live.update(sample("list_update-leave"));
    live.update(sample("list_update-enter"));
    finish();
    await settle();
    assert.deepEqual(list.drawn[0][42], { amount: 10.5, state: "done" });
});

test("values that depend on the reader are read, many in one request, and marked", async () => {
    list.ids = new Set([41, 42]);
    live.update(update({ reread: ["state"] }));
    live.update(update({ records: [{ id: 41 }], changed_fields: [], reread: ["state"] }));
    await clock.pass(1000);
    assert.deepEqual([list.reads, list.rereads], [[[42, 41]], 0]);
    assert.equal(cellClass(marks, record(41), "state"), "o_amanat_cell_changed");
});

test("those that this user changed elsewhere come without a mark", async () => {
    live.update({ ...sample("list_update-own"), reread: ["state"] });
    await clock.pass(1000);
    assert.deepEqual([list.reads, marks], [[[42]], {}]);
});

test("a read of the page brings those values, too", async () => {
    live.update(update({ reread: ["state"] }));
    live.stale("deleted");
    await clock.pass(1000);
    assert.deepEqual([list.reads, list.rereads], [[], 1]);
});

test("records that cannot be read by themselves are read with the page", async () => {
    list.read = async () => {
        throw new Error("one of them may not be read");
    };
    live.update(update({ reread: ["state"] }));
    await clock.pass(1000);
    assert.equal(list.rereads, 1);
});

test("a row that cannot be put in its place asks for the page", async () => {
    list.again = true;
    live.update(update());
    await clock.pass(1000);
    assert.equal(list.rereads, 1);
});

test("a row that its user writes in stays, and they are told", async () => {
    const kept = { id: 42, name: "TR-42", gone: { op: "delete", by: "Aziz Karimov" } };
    Object.assign(list, { whole: true, held: true, kept: [kept] });
    live.update(sample("list_update-delete"));
    await settle();
    assert.deepEqual(told, [kept]);
    assert.equal(rowClass(marks, record()), "o_amanat_row_gone");
    assert.equal(whyGone(marks, record()), "delete");

    live.released();
    await clock.pass(1000);
    assert.deepEqual(marks, {});
    assert.equal(list.rereads, 1, "the row goes when they have finished");
});

const waiting = (/** @type {number[]} */ coming, /** @type {number[]} */ moved) => ({ coming: new Set(coming), moved: new Set(moved) });

test("what would make the page jump waits until its user wants to see it, and is then marked as new", async () => {
    list.waiting = waiting([7], [42]);
    live.update({ ...sample("list_update-create"), records: [{ id: 7 }] });
    await clock.pass(1000);
    assert.deepEqual(waits, [[[7], [42]]]);

    live.released();
    await clock.pass(1000);
    assert.equal(list.rereads, 1, "the user has still scrolled");

    Object.assign(list, { waiting: waiting([], []), added: [7] });
    live.showAll();
    await clock.pass(150);
    assert.deepEqual(list.all, [false, true]);
    assert.deepEqual(waits.slice(1), [[[], []]]);
    assert.equal(rowClass(marks, record(7)), "o_amanat_row_new");
});

test("who scrolls while they write in a row that is gone still sees why it is there", async () => {
    Object.assign(list, { whole: true, held: true, kept: [{ id: 42, name: "TR-42", gone: { op: "delete" } }], waiting: waiting([7], []) });
    live.update(sample("list_update-delete"));
    await settle();
    live.scrolled();
    await clock.pass(1000);
    assert.equal(list.rereads, 0);
    assert.equal(whyGone(marks, record()), "delete");
});

test("nothing is marked in a view that was open before marks were there", () => {
    assert.equal(rowClass(undefined, record()), "");
    assert.equal(cellClass(undefined, record(), "amount"), "");
    assert.equal(whyGone(undefined, record()), undefined);
});

test("what waits comes by itself when nothing jumps any more, or when Odoo reads the page anew", async () => {
    list.waiting = waiting([7], []);
    live.stale("deleted");
    await clock.pass(1000);
    list.still = false;
    live.released();
    await clock.pass(1000);
    assert.equal(list.rereads, 2);

    live.reading(true)();
    assert.deepEqual(waits.at(-1), [[], []]);
});

test("a group that is unfolded while rows wait is read once more: it may have brought one of them", async () => {
    live.reading(false)();
    await clock.pass(1000);
    assert.equal(list.rereads, 0);

    list.waiting = waiting([], [42]);
    live.stale("deleted");
    await clock.pass(1000);
    live.reading(false)();
    await clock.pass(1000);
    assert.equal(list.rereads, 2);
});

test("a wish to see what waits outlives a reading that fails", async () => {
    let fails = true;
    list.reading = async () => {
        if (fails) {
            throw new Error("no network");
        }
    };
    live.showAll();
    await clock.pass(500);
    fails = false;
    await clock.pass(5000);
    assert.deepEqual(list.all, [true, true]);
});

test("a row that its user saved out of the list stays, labelled, until they have left it", async () => {
    live.filtered = true;
    list.stray.add(42);
    list.lingering.add(42);
    live.receipt({ op: "update", ids: [42] }, { expected: true });
    await clock.pass(1000);
    assert.equal(list.rereads, 0);
    assert.equal(whyGone(marks, record()), "stray");
    assert.equal(rowClass(marks, record()), "");

    live.left();
    await clock.pass(1000);
    assert.deepEqual(marks, {});
    assert.equal(list.rereads, 1);
});

test("a change of a record that a running read is about to bring is drawn over it", async () => {
    let finish = () => {};
    list.reading = () => new Promise((resolve) => (finish = () => resolve(undefined)));
    live.stale("deleted");
    await clock.pass(1000);
    live.update(update({ records: [{ id: 43, amount: 2, state: "open" }] }));
    finish();
    await settle();
    assert.deepEqual(list.drawn, [{ 43: { amount: 2, state: "open" } }]);
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
    for (const why of ["deleted", "not_readable", "filter", "own", "opened"]) {
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

test("a row that its user saved out of what the list shows goes, since nothing more would be heard of it", async () => {
    list.stray.add(42);
    live.receipt({ op: "update", ids: [42] }, { expected: true });
    await clock.pass(1000);
    assert.equal(list.rereads, 0, "a list whose domain is not judged goes on hearing of it");

    live.filtered = true;
    live.receipt({ op: "update", ids: [42] }, { expected: true });
    await clock.pass(1000);
    assert.equal(list.rereads, 1);
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
