import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { decide, domainFields, drawnValues, interest, names } = await odooModule("decisions.js");

const NOTHING = { draw: false, place: false, read: [], page: false };
const DRAW = { ...NOTHING, draw: true };
const READ = { ...DRAW, read: [42] };
const PLACE = { ...DRAW, place: true };
const PAGE = { ...NOTHING, page: true };
const BOTH = { ...DRAW, page: true };

/** A list of transfers 41 and 42, one page of many, sorted by date; the bridge does not judge its domain. */
function view(/** @type {object} */ changes = {}) {
    const columns = ["name", "amount", "state", "sender_id", "date", "write_date"];
    return {
        model: "amanat.transfer",
        ids: new Set([41, 42]),
        fields: [...columns, "money_ids"],
        patchable: new Set(columns),
        summed: new Set(["amount"]),
        sort: ["date"],
        plain: true,
        filter: [],
        group: [],
        whole: false,
        first: false,
        ...changes,
    };
}

/** The same without lines, on one page with room: what it shows can be told from frames alone. */
function whole(/** @type {object} */ changes = {}) {
    return view({ fields: ["amount", "name", "sender_id", "state"], sort: ["amount"], filter: ["state"], whole: true, first: true, ...changes });
}

/** The same, of a list with more records than the page holds. */
function first(/** @type {object} */ changes = {}) {
    return whole({ whole: false, ...changes });
}

function update(/** @type {object} */ changes = {}) {
    const frame = sample("list_update");
    return { ...frame, records: [{ ...frame.records[0], write_date: "2026-11-21 10:00:00" }], ...changes };
}

function enter(/** @type {object} */ changes = {}) {
    return { ...sample("list_update-enter"), ...changes };
}

const unfiltered = (/** @type {any} */ frame, /** @type {any} */ list) => decide(frame, list, false);
const filtered = (/** @type {any} */ frame, /** @type {any} */ list) => decide(frame, list, true);
const elsewhere = { records: [{ id: 7 }] };

test("values of rows on screen are drawn without asking Odoo", () => {
    assert.deepEqual(unfiltered(update(), view()), DRAW);
    assert.deepEqual(filtered(update(), view()), DRAW);
});

test("a record that is not on screen, and cannot come there, is nothing", () => {
    assert.deepEqual(unfiltered(update(elsewhere), view()), NOTHING);
    assert.deepEqual(filtered(update(elsewhere), view()), NOTHING);
});

test("a record that is not on screen, though every record that belongs is, may have come into sight", () => {
    assert.deepEqual(unfiltered(update(elsewhere), view({ whole: true })), PAGE);
    assert.deepEqual(filtered(update(elsewhere), whole()), PAGE);
});

test("a field that decides the order, the membership or the group asks for the page", () => {
    for (const place of ["sort", "filter", "group"]) {
        assert.deepEqual(unfiltered(update(), view({ [place]: ["state"] })), BOTH, place);
    }
});

test("so does one of a record that is elsewhere", () => {
    assert.deepEqual(unfiltered(update(elsewhere), view({ filter: ["state"] })), PAGE);
    assert.deepEqual(filtered(update(elsewhere), view({ sort: ["state"] })), PAGE);
    assert.deepEqual(filtered(update(elsewhere), view({ group: ["state"] })), PAGE);
});

test("where the bridge judges the domain, a field of it asks for nothing: who leaves is said to leave", () => {
    assert.deepEqual(filtered(update(), view({ filter: ["state"] })), DRAW);
    assert.deepEqual(filtered(update({ ...elsewhere, changed_fields: ["active", "company_id"] }), view()), NOTHING);
});

test("archiving and another company move a record though no domain says so", () => {
    for (const field of ["active", "x_active", "company_id"]) {
        assert.deepEqual(unfiltered(update({ ...elsewhere, changed_fields: [field] }), view()), PAGE, field);
    }
});

test("a row of a whole list moves to its place without asking Odoo", () => {
    assert.deepEqual(filtered(update(), whole({ sort: ["amount"] })), DRAW);
    assert.deepEqual(unfiltered(update(), whole({ sort: ["amount"], filter: [] })), DRAW);
});

test("where its place cannot be told from the values on screen, the page is read", () => {
    assert.deepEqual(filtered(update(), whole({ sort: ["state"], plain: false })), BOTH, "texts follow a collation");
    assert.deepEqual(filtered(update({ reread: ["amount"] }), whole()), BOTH, "the value is not in the frame");
    assert.deepEqual(filtered(update(), first({ first: false })), BOTH, "it may belong on another page");
});

test("an order that is not known may be any", () => {
    assert.deepEqual(unfiltered(update(), view({ sort: null, plain: false })), BOTH);
    assert.deepEqual(filtered(update(), whole({ sort: null, plain: false })), BOTH);
});

test("a list sorted by the last change is read again at every change", () => {
    assert.deepEqual(unfiltered(update(elsewhere), view({ sort: ["write_date"] })), PAGE);
});

test("lines, and values that depend on the reader, are read from Odoo, of the rows concerned only", () => {
    assert.deepEqual(unfiltered(update({ changed_fields: ["money_ids"] }), view()), READ);
    assert.deepEqual(filtered(update({ reread: ["money_ids"] }), view()), READ);
    assert.deepEqual(filtered(update({ reread: ["name"] }), view()), READ);
    assert.deepEqual(filtered(update({ ...elsewhere, reread: ["name"] }), view()), NOTHING);
});

test("what is read from Odoo but not on screen is nothing", () => {
    assert.deepEqual(unfiltered(update({ reread: ["label"] }), view()), DRAW);
});

test("a changed field on screen that the frame does not hold is read", () => {
    assert.deepEqual(unfiltered(update({ records: [{ id: 42, amount: 1 }] }), view()), READ);
});

test("sums of group headers are Odoo's to compute", () => {
    assert.deepEqual(filtered(update({ changed_fields: ["amount"] }), view({ group: ["state"] })), BOTH);
    assert.deepEqual(filtered(update({ changed_fields: ["name"] }), view({ group: ["state"] })), DRAW);
    assert.deepEqual(filtered(update({ ...elsewhere, changed_fields: ["amount"] }), view({ group: ["state"] })), PAGE, "in a folded group");
});

test("a record that comes into a whole list, or onto the first page, is put in its place without asking Odoo", () => {
    for (const strange of [whole({ ids: new Set([41]) }), first({ ids: new Set([41]) })]) {
        assert.deepEqual(filtered(enter(), strange), PLACE);
        assert.deepEqual(filtered(sample("list_update-create"), strange), PLACE);
    }
});

test("a row of the first page moves on it without asking Odoo; one that is not there may come", () => {
    assert.deepEqual(filtered(update(), first()), DRAW);
    assert.deepEqual(filtered(update(), first({ ids: new Set([7]) })), PAGE);
});

test("it asks for the page where it cannot be put in place", () => {
    const strange = { ids: new Set([41]) };
    const anywhere = /** @type {[string, any][]} */ ([
        ["another page may be its own", first({ ...strange, first: false })],
        ["texts follow a collation", whole({ ...strange, sort: ["name"], plain: false })],
        ["groups have sums and counts", first({ ...strange, first: false, group: ["state"] })],
        ["a column is not in the frame", whole({ ...strange, fields: ["name", "money_ids"] })],
    ]);
    for (const [why, list] of anywhere) {
        assert.deepEqual(filtered(enter(), list), PAGE, why);
    }
    assert.deepEqual(filtered(enter({ reread: ["name"] }), whole(strange)), PAGE, "a value depends on the reader");
    assert.deepEqual(unfiltered(enter(), whole(strange)), PAGE, "whether it belongs is not known");
});

test("a row on screen that comes into sight may have changed in any column: it is drawn, and the rest is read", () => {
    assert.deepEqual(filtered(enter(), whole()), PLACE);
    assert.deepEqual(filtered(enter(), view({ sort: ["amount"] })), { ...PLACE, read: [42] });
    assert.deepEqual(filtered(enter(), view({ sort: ["date"] })), BOTH, "it may have moved, and the frame does not say");
});

test("what is gone is taken away; the page is read when it has more records than are shown", () => {
    for (const frame of [sample("list_update-leave"), sample("list_update-delete")]) {
        assert.deepEqual(filtered(frame, whole()), DRAW);
        assert.deepEqual(unfiltered(frame, whole()), DRAW, "whoever may not read it sees it in no list");
        assert.deepEqual(filtered(frame, view()), BOTH);
        assert.deepEqual(filtered(frame, first()), BOTH, "what fills the page is on the next one");
        assert.deepEqual(filtered(frame, first({ ids: new Set([7]) })), PLACE, "there is one less behind the page");
        assert.deepEqual(unfiltered(frame, first({ ids: new Set([7]) })), PAGE, "whether it belonged is not known");
        assert.deepEqual(filtered(frame, whole({ ids: new Set([7]) })), NOTHING);
    }
});

test("what a later bridge may say makes the list read", () => {
    assert.deepEqual(filtered(update({ op: "merge" }), whole()), PAGE);
});

test("only what changed is drawn: the rest of a frame may be older than the screen", () => {
    const frame = update({ changed_fields: ["amount"] });
    assert.deepEqual(drawnValues(frame.records[0], frame, view()), { amount: 10.5, write_date: "2026-11-21 10:00:00" });
});

test("of a record that came into sight every column is drawn", () => {
    const frame = { ...sample("list_update-enter"), reread: ["state"] };
    assert.deepEqual(drawnValues(frame.records[0], frame, whole()), { amount: 10.5, name: "TR-42", sender_id: { id: 3, display_name: "Akbar" } });
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
