import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { Hand } = await odooModule("kanban/hand.js");
const byAziz = { op: "update", records: [{ id: 7 }], changed_fields: ["state"], user: { id: 3, name: "Aziz" } };

test("an empty hand keeps nobody waiting", async () => {
    await new Hand().free();
});

test("what waits goes on when everything is let go, each once", async () => {
    const hand = new Hand();
    const [card, form] = [hand.hold(), hand.hold()];
    let gone = 0;
    hand.free().then(() => gone++);
    card();
    card();
    await settle();
    assert.deepEqual([hand.busy, gone], [true, 0]);
    form();
    await settle();
    assert.deepEqual([hand.busy, gone], [false, 1]);
});

test("somebody else moves the dragged card: who, told once", () => {
    const hand = new Hand();
    hand.hold();
    hand.take(7);
    hand.notice(byAziz, ["state"]);
    assert.deepEqual(hand.movedMeanwhile(), { by: "Aziz" });
    assert.equal(hand.movedMeanwhile(), undefined);
});

test("its user moves the dragged card in another tab: that is told, without a name", () => {
    const hand = new Hand();
    hand.hold();
    hand.take(7);
    hand.notice({ ...byAziz, own: true }, ["state"]);
    assert.deepEqual(hand.movedMeanwhile(), { own: true });
});

test("the dragged card goes out of sight: that is a move, too", () => {
    const hand = new Hand();
    hand.hold();
    hand.take(7);
    hand.notice({ op: "leave", records: [{ id: 7 }] }, ["state"]);
    assert.deepEqual(hand.movedMeanwhile(), { by: undefined });
});

for (const [what, frame] of /** @type {[string, any][]} */ ([
    ["another card", { ...byAziz, records: [{ id: 8 }] }],
    ["something that leaves the card in its column", { ...byAziz, changed_fields: ["amount"] }],
])) {
    test(`${what} is no move of the dragged card`, () => {
        const hand = new Hand();
        hand.hold();
        hand.take(7);
        hand.notice(frame, ["state"]);
        assert.equal(hand.movedMeanwhile(), undefined);
    });
}

test("what happens while nothing is dragged is no reason to tell anything", () => {
    const hand = new Hand();
    hand.hold()();
    hand.take(7);
    hand.notice(byAziz, ["state"]);
    assert.equal(hand.movedMeanwhile(), undefined);
});

const found = { id: 7, by: "Aziz", fields: { state: {} } };

test("Odoo finds that the dropped card was moved: the drop counts, and who moved it is told", () => {
    const hand = new Hand();
    hand.hold();
    hand.take(7);
    assert.equal(hand.overtakes(found, ["state"]), true);
    assert.deepEqual(hand.movedMeanwhile(), { by: "Aziz" });
});

test("one's own move in another tab is overtaken and told, too", () => {
    const hand = new Hand();
    hand.hold();
    hand.take(7);
    assert.equal(hand.overtakes({ ...found, own: true }, ["state"]), true);
    assert.deepEqual(hand.movedMeanwhile(), { own: true });
});

for (const [what, other] of /** @type {[string, any][]} */ ([
    ["another card", { ...found, id: 8 }],
    ["a card that is gone", { ...found, gone: true }],
    ["another field that the drop writes", { ...found, fields: { state: {}, amount: {} } }],
])) {
    test(`about ${what} the user is asked`, () => {
        const hand = new Hand();
        hand.hold();
        hand.take(7);
        assert.equal(hand.overtakes(other, ["state"]), false);
    });
}

test("a card that nobody holds is no dropped one", () => {
    const hand = new Hand();
    hand.hold()();
    hand.take(7);
    assert.equal(hand.overtakes(found, ["state"]), false);
});
