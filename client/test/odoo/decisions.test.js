import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { decide, domainFields, drawnValues, interest, names } = await odooModule("decisions.js");

const NOTHING = { patch: false, reread: false };
const PATCH = { patch: true, reread: false };
const REREAD = { patch: false, reread: true };
const BOTH = { patch: true, reread: true };

/** A list of transfers 41 and 42, one page of many, sorted by date. */
function view(/** @type {object} */ changes = {}) {
    return {
        model: "amanat.transfer",
        ids: new Set([41, 42]),
        fields: ["name", "amount", "state", "sender_id", "money_ids", "date", "write_date"],
        patchable: new Set(["name", "amount", "state", "sender_id", "date", "write_date"]),
        summed: new Set(["amount"]),
        sort: ["date"],
        filter: [],
        group: [],
        complete: false,
        ...changes,
    };
}

function update(/** @type {object} */ changes = {}) {
    const frame = sample("list_update");
    return { ...frame, records: [{ ...frame.records[0], write_date: "2026-11-21 10:00:00" }], ...changes };
}

test("values of rows on screen are drawn without asking Odoo", () => {
    assert.deepEqual(decide(update(), view()), PATCH);
});

test("a record that is not on screen, and cannot come there, is nothing", () => {
    assert.deepEqual(decide(update({ records: [{ id: 7 }] }), view()), NOTHING);
});

test("a record that is not on screen, though every record that belongs is, may have come into sight", () => {
    assert.deepEqual(decide(update({ records: [{ id: 7 }] }), view({ complete: true })), REREAD);
});

test("a created record asks for the page", () => {
    assert.deepEqual(decide(update({ op: "create", records: [{ id: 7 }] }), view()), REREAD);
});

test("a field that decides the order, the membership or the group asks for the page", () => {
    for (const place of ["sort", "filter", "group"]) {
        assert.deepEqual(decide(update(), view({ [place]: ["state"] })), BOTH, place);
    }
});

test("so does one of a record that is elsewhere", () => {
    assert.deepEqual(decide(update({ records: [{ id: 7 }] }), view({ filter: ["state"] })), REREAD);
});

test("archiving and another company move a record though no domain says so", () => {
    for (const field of ["active", "x_active", "company_id"]) {
        assert.deepEqual(decide(update({ records: [{ id: 7 }], changed_fields: [field] }), view()), REREAD, field);
    }
});

test("an order that is not known may be any", () => {
    assert.deepEqual(decide(update(), view({ sort: null })), BOTH);
});

test("a list sorted by the last change is read again at every change", () => {
    assert.deepEqual(decide(update({ records: [{ id: 7 }] }), view({ sort: ["write_date"] })), REREAD);
});

test("lines, and values that depend on the reader, are read from Odoo", () => {
    assert.deepEqual(decide(update({ changed_fields: ["money_ids"] }), view()), BOTH);
    assert.deepEqual(decide(update({ reread: ["money_ids"] }), view()), BOTH);
    assert.deepEqual(decide(update({ reread: ["name"] }), view()), BOTH);
});

test("what is read from Odoo but not on screen is nothing", () => {
    assert.deepEqual(decide(update({ reread: ["label"] }), view()), PATCH);
});

test("a changed field on screen that the frame does not hold is read", () => {
    assert.deepEqual(decide(update({ records: [{ id: 42, amount: 1 }] }), view()), BOTH);
});

test("sums of group headers are Odoo's to compute", () => {
    assert.deepEqual(decide(update({ changed_fields: ["amount"] }), view({ group: ["state"] })), BOTH);
    assert.deepEqual(decide(update({ changed_fields: ["name"] }), view({ group: ["state"] })), PATCH);
});

test("only what changed is drawn: the rest of a frame may be older than the screen", () => {
    const frame = update({ changed_fields: ["amount"] });
    assert.deepEqual(drawnValues(frame.records[0], frame, view()), { amount: 10.5, write_date: "2026-11-21 10:00:00" });
});

test("watched is what is on screen and what places a record", () => {
    const watched = interest(view({ fields: ["name", "id"], sort: ["date", "id"], filter: ["state"], group: ["sender_id"] }));
    assert.deepEqual(watched, ["date", "name", "sender_id", "state"]);
});

test("the fields of a domain, an order, a grouping are those of the model itself", () => {
    assert.deepEqual(domainFields(["|", ["state", "=", "open"], "!", ["sender_id.country_id.code", "in", ["UZ"]], [1, "=", 1]]), [
        "state",
        "sender_id",
    ]);
    assert.deepEqual(names(["date:month", "sender_id.name", "state", "state"]), ["date", "sender_id", "state"]);
});
