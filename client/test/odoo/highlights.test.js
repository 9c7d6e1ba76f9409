import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeClock } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { Highlights, cardClass, cellClass, rowClass } = await odooModule("highlights.js");
const RECORD = { resModel: "amanat.transfer", resId: 42 };
const FADED_MS = 3000;

/** @type {FakeClock} */
let clock;
/** @type {any} */
let bare;
/** @type {any} */
let highlights;
let drawings = 0;
let still = false;

/** A store that counts what would be drawn. */
const followed = (/** @type {any} */ object) =>
    new Proxy(object, {
        get: (target, key) => (typeof target[key] === "object" ? followed(target[key]) : target[key]),
        set: (target, key, value) => {
            drawings++;
            return Reflect.set(target, key, value);
        },
        deleteProperty: (target, key) => {
            drawings++;
            return Reflect.deleteProperty(target, key);
        },
    });

beforeEach(() => {
    clock = new FakeClock();
    bare = {};
    still = false;
    highlights = new Highlights(followed(bare), clock.setTimeout, { bare, isStill: () => still });
});

test("nothing is drawn for a tint that has faded by itself: its class goes with what is drawn next", async () => {
    highlights.cells("amanat.transfer", 42, ["amount"]);
    highlights.row("amanat.transfer", 42);
    drawings = 0;
    await clock.pass(FADED_MS);
    assert.equal(drawings, 0);
    assert.deepEqual([cellClass(bare, RECORD, "amount"), rowClass(bare, RECORD), cardClass(bare, RECORD)], ["", "", ""]);
});

test("where nothing moves, no tint fades: it is taken off", async () => {
    still = true;
    highlights.cells("amanat.transfer", 42, ["amount"]);
    drawings = 0;
    await clock.pass(FADED_MS);
    assert.equal(drawings, 1);
    assert.deepEqual(bare, {});
});

test("a cell that changes again gets another class, though the first may still be there", async () => {
    highlights.cells("amanat.transfer", 42, ["amount"]);
    await clock.pass(FADED_MS);
    drawings = 0;
    highlights.cells("amanat.transfer", 42, ["amount"]);
    assert.equal(cellClass(bare, RECORD, "amount"), "o_amanat_cell_changed o_amanat_again");
    assert.ok(drawings > 0);
});

test("a cell of a row that was new tints anew, though the row's class may still be there", async () => {
    highlights.row("amanat.transfer", 42);
    await clock.pass(FADED_MS);
    highlights.cells("amanat.transfer", 42, ["amount"]);
    assert.equal(cellClass(bare, RECORD, "amount"), "o_amanat_cell_changed o_amanat_again");
    assert.equal(cardClass(bare, RECORD), "o_amanat_card_changed o_amanat_again");
});

test("a mark stays as long as the last of those made meanwhile", async () => {
    highlights.cells("amanat.transfer", 42, ["amount"]);
    await clock.pass(FADED_MS - 1);
    highlights.cells("amanat.transfer", 42, ["state"]);
    await clock.pass(FADED_MS - 1);
    assert.equal(cellClass(bare, RECORD, "state"), "o_amanat_cell_changed");
    await clock.pass(1);
    assert.equal(cellClass(bare, RECORD, "state"), "");
});

test("a card tints anew whatever of it changes", () => {
    highlights.cells("amanat.transfer", 42, ["amount", "state"]);
    assert.equal(cardClass(bare, RECORD), "o_amanat_card_changed");
    highlights.cells("amanat.transfer", 42, ["amount", "state"]);
    assert.equal(cardClass(bare, RECORD), "o_amanat_card_changed o_amanat_again");
});

test("what has faded is not remembered of more than some hundred records", async () => {
    for (let id = 1; id <= 2000; id++) {
        highlights.cells("amanat.transfer", id, ["amount"]);
    }
    await clock.pass(FADED_MS);
    assert.equal(Object.keys(bare).length, 500);
});
