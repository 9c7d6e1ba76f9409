import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { answered, canKeepMine, canTakeTheirs, refusalOf, sendGuarded, told, without } =
    await odooModule("guard/guarded_request.js");

const CONFLICT = "odoo.addons.amanat_realtime.exceptions.RealtimeConflict";
const STALE = "odoo.addons.amanat_realtime.exceptions.RealtimeStale";

function refused(/** @type {string} */ exceptionName, /** @type {any[]} */ ...records) {
    return Object.assign(new Error(), { exceptionName, data: { context: { model: "amanat.transfer", records } } });
}

/** A server that refuses so often, and what was sent to it. */
function server(/** @type {any[]} */ ...errors) {
    const sent = /** @type {any[]} */ ([]);
    const send = async (/** @type {any} */ request) => {
        sent.push(structuredClone(request));
        if (errors.length) {
            throw errors.shift();
        }
        return "saved";
    };
    return { sent, send };
}

const REQUEST = { vals: { 42: { amount: 5, note: "mine" } }, bases: { 42: { amount: 9, note: "old" } }, shown: {} };
const AMOUNT = { id: 42, by: "Bobur", fields: { amount: { base: 9, theirs: 12 } } };

test("what Odoo accepts is sent once", async () => {
    const { sent, send } = server();
    assert.equal(await sendGuarded(REQUEST, send, () => assert.fail()), "saved");
    assert.deepEqual(sent, [REQUEST]);
});

test("keeping mine sends the same values upon what is there now", async () => {
    const { sent, send } = server(refused(CONFLICT, AMOUNT));
    assert.equal(await sendGuarded(REQUEST, send, async () => "mine"), "saved");
    assert.deepEqual(sent[1], { ...REQUEST, bases: { 42: { amount: 12, note: "old" } } });
});

test("taking theirs sends the other fields only", async () => {
    const { sent, send } = server(refused(CONFLICT, AMOUNT));
    await sendGuarded(REQUEST, send, async () => "theirs");
    assert.deepEqual(sent[1], { ...REQUEST, vals: { 42: { note: "mine" } } });
});

test("who is overtaken again is asked again", async () => {
    const again = { ...AMOUNT, fields: { amount: { base: 12, theirs: 13 } } };
    const { sent, send } = server(refused(CONFLICT, AMOUNT), refused(CONFLICT, again));
    const asked = /** @type {any[]} */ ([]);
    await sendGuarded(REQUEST, send, async (/** @type {any} */ refusal) => {
        asked.push(refusal.records[0].fields.amount.theirs);
        return "mine";
    });
    assert.deepEqual(asked, [12, 13]);
    assert.equal(sent[2].bases[42].amount, 13);
});

test("a refusal about which nobody can be asked is Odoo's own error", async () => {
    const { sent, send } = server(refused(CONFLICT, AMOUNT));
    const error = await sendGuarded(REQUEST, send, () => Promise.reject(new Error("no dialog"))).catch((/** @type {any} */ thrown) => thrown);
    assert.equal(error.exceptionName, CONFLICT);
    assert.equal(error.amanatAnswered, undefined);
    assert.equal(sent.length, 1);
});

test("going back saves nothing, and the error says that it was answered", async () => {
    const { sent, send } = server(refused(CONFLICT, AMOUNT));
    await assert.rejects(
        sendGuarded(REQUEST, send, async () => "back"),
        { amanatAnswered: true }
    );
    assert.equal(sent.length, 1);
});

test("an error of any other kind is nobody's question", async () => {
    const { send } = server(refused("odoo.exceptions.UserError"));
    await assert.rejects(
        sendGuarded(REQUEST, send, () => assert.fail()),
        { exceptionName: "odoo.exceptions.UserError" }
    );
    assert.equal(refusalOf(new Error()), undefined);
    assert.equal(refusalOf({ exceptionName: CONFLICT, data: {} }), undefined);
});

test("going on with a button says what is shown now", async () => {
    const shown = { 42: { amount: 9, money_ids: [5, 6] } };
    const lines = [{ id: 5, gone: true }, { id: 7, new: true }, { id: 6, fields: { name: { base: "a", theirs: "b" } } }];
    const found = { id: 42, fields: { amount: { base: 9, theirs: 12 }, money_ids: { lines } } };
    const { sent, send } = server(refused(STALE, found));
    await sendGuarded({ vals: {}, bases: {}, shown }, send, async () => "mine");
    assert.deepEqual(sent[1].shown, { 42: { amount: 12, money_ids: { 6: { name: "b" }, 7: false } } });
    assert.deepEqual(shown, { 42: { amount: 9, money_ids: [5, 6] } }, "the first request stays as it was");
});

test("a save for a button keeps what both refusals told", () => {
    const request = { ...REQUEST, shown: { 42: { state: "open" } } };
    const stale = { kind: "stale", records: [{ id: 42, fields: { state: { base: "open", theirs: "done" } } }] };
    const next = answered(answered(request, stale, "mine"), { kind: "conflict", records: [AMOUNT] }, "mine");
    assert.deepEqual(next.shown, { 42: { state: "done" } });
    assert.equal(next.bases[42].amount, 12);
});

test("lines: mine upon what is there, theirs without mine", () => {
    const lines = [
        { id: 5, fields: { amount: { base: 1, theirs: 11 } } },
        { id: 6, fields: { amount: { base: 2, theirs: 22 } } },
        { id: 8, gone: true },
    ];
    const vals = {
        note: "mine",
        money_ids: [
            [1, 5, { amount: 10, name: "n" }],
            [2, 6, false],
            [1, 8, { amount: 1 }],
            [0, "virtual_1", { amount: 3 }],
            [1, 9, { amount: 4 }],
        ],
    };
    assert.deepEqual(without(vals, { money_ids: { lines } }), {
        note: "mine",
        money_ids: [
            [1, 5, { name: "n" }],
            [0, "virtual_1", { amount: 3 }],
            [1, 9, { amount: 4 }],
        ],
    });
    const seen = { 42: { money_ids: { 5: { amount: 1 }, 6: { amount: 2 }, 8: {} } } };
    assert.deepEqual(told(seen, [{ id: 42, fields: { money_ids: { lines } } }]), {
        42: { money_ids: { 5: { amount: 11 }, 6: { amount: 22 } } },
    });
});

test("taking theirs of a replaced list keeps the lines that came", () => {
    const lines = [{ id: 7, new: true }];
    const vals = { transfer_ids: [[6, false, [1, 2]]] };
    assert.deepEqual(without(vals, { transfer_ids: { lines } }), { transfer_ids: [[6, false, [1, 2, 7]]] });
});

test("taking theirs leaves a line away from a replaced list that somebody else took away", () => {
    const vals = { transfer_ids: [[6, false, [1, 2, 3]]] };
    assert.deepEqual(without(vals, { transfer_ids: { lines: [{ id: 2, gone: true }] } }), { transfer_ids: [[6, false, [1, 3]]] });
});

test("what is gone can neither be kept nor taken", () => {
    const gone = { records: [{ id: 42, gone: true }] };
    assert.equal(canKeepMine(gone) || canTakeTheirs(gone), false);
    const line = { records: [{ id: 42, fields: { money_ids: { lines: [{ id: 5, gone: true }] } } }] };
    assert.equal(canKeepMine(line), false);
    assert.equal(canTakeTheirs(line), true);
    assert.equal(canKeepMine({ records: [AMOUNT] }), true);
});
