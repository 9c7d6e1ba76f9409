import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeClock } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { OpenForm } = await odooModule("form/open_form.js");
const READ_AT = { epoch: "k3j9", offset: 1041 };

/** @type {any[]} */
let log;
/** @type {any} */
let view;
/** @type {any} */
let interaction;
/** @type {any} */
let handlers;
/** @type {FakeClock} */
let clock;

beforeEach(() => {
    log = [];
    handlers = {};
    clock = new FakeClock();
    view = {
        model: "amanat.transfer",
        id: 42,
        fields: ["name", "id", "amount"],
        patchable: new Set(),
        computed: new Set(),
        companies: [1],
        lines: [
            { field: "money_ids", model: "amanat.money", inverse: "transfer_id", domain: [["transfer_id", "=", 42]] },
            { field: "tag_ids", model: "res.partner", domain: [["id", "in", [3]]] },
        ],
    };
    const watch = (/** @type {any} */ spec, /** @type {any} */ given) => {
        handlers[spec.model] = given;
        const what = spec.view === "form" ? `${spec.model} ${spec.id} ${spec.fields ?? "everything"}` : `${spec.model} ${JSON.stringify(spec.domain)}`;
        log.push(["watch", what]);
        return () => void log.push(["unwatch", what]);
    };
    interaction = {
        live: new Set(["amanat.transfer", "amanat.money"]),
        forms: new Set(),
        isOdooError: () => true,
        isLive: (/** @type {string} */ model) => interaction.live.has(model),
        world: { ...clock, hidden: () => false, random: () => 0, now: clock.now },
        log: { debug: () => {} },
        warn: (/** @type {string} */ message) => void log.push(["warn", message]),
        client: {
            mark: () => READ_AT,
            renew: async () => void log.push(["renew"]),
            watch,
        },
        presence: { watch },
    };
});

function open() {
    /** @type {any} */
    const port = {
        describe: () => view,
        lineIds: () => [5, 6],
        read: async (/** @type {any} */ news) => void log.push(["read", news ? [...news.keys()] : "all"]),
        draw: async () => {},
        close: () => void log.push(["close"]),
    };
    const form = new OpenForm(interaction, port);
    form.hooks.mounted();
    return form;
}

test("a form on screen watches its record, and its lines where those are live", () => {
    open();
    assert.deepEqual(log, [["watch", "amanat.transfer 42 amount,name"], ["watch", 'amanat.money [["transfer_id","=",42]]']]);
});

test("a record that is not saved yet is not watched, until it is", () => {
    view.id = false;
    const form = open();
    assert.deepEqual(log, []);
    view.id = 42;
    form.hooks.interestChanged();
    assert.equal(log.length, 2);
});

test("a model that is not live is left alone", () => {
    interaction.live.clear();
    open();
    assert.deepEqual(log, []);
});

test("the next record of the pager is watched in place of this one", () => {
    const form = open();
    view = { ...view, id: 43, lines: [] };
    form.hooks.interestChanged();
    assert.deepEqual(log.slice(2), [
        ["watch", "amanat.transfer 43 amount,name"],
        ["unwatch", "amanat.transfer 42 amount,name"],
        ["unwatch", 'amanat.money [["transfer_id","=",42]]'],
    ]);
});

test("where a field does not travel whatever does is watched", () => {
    open();
    handlers["amanat.transfer"].refused({ code: "unknown_field", message: "" });
    assert.ok(log.some(([what, how]) => what === "watch" && how === "amanat.transfer 42 everything"));
});

test("a record that the bridge does not know is read, so that Odoo says why", async () => {
    open();
    handlers["amanat.transfer"].refused({ code: "unknown_record", message: "" });
    await clock.pass(5000);
    assert.deepEqual(log.at(-1), ["read", "all"]);
});

test("lines are read when the bridge says that they changed", async () => {
    open();
    handlers["amanat.money"].opened({ filtered: true });
    handlers["amanat.money"].update({ op: "create", records: [{ id: 9 }], user: { name: "Aziz" } });
    await clock.pass(5000);
    assert.deepEqual(log.at(-1), ["read", ["money_ids"]]);
});

test("where the bridge does not judge whose lines they are, the form does", async () => {
    open();
    handlers["amanat.money"].opened({ filtered: false });
    handlers["amanat.money"].update({ op: "update", records: [{ id: 9, transfer_id: { id: 7 } }] });
    await clock.pass(5000);
    assert.notEqual(log.at(-1)[0], "read");
    handlers["amanat.money"].update({ op: "update", records: [{ id: 5 }] });
    await clock.pass(5000);
    assert.deepEqual(log.at(-1), ["read", ["money_ids"]]);
});

test("an error in here leaves the form as Odoo has it, with one warning", () => {
    const form = open();
    view = undefined;
    Object.defineProperty(interaction, "isLive", { value: () => assert.fail("broken") });
    view = { id: 42, model: "amanat.transfer" };
    assert.doesNotThrow(() => form.hooks.interestChanged());
    assert.ok(log.some(([what]) => what === "warn"));
    assert.ok(log.some(([what]) => what === "unwatch"));
});

test("a form that was closed is watched no more", () => {
    open().hooks.closed();
    assert.deepEqual(log.slice(2).map(([what]) => what), ["close", "unwatch", "unwatch"]);
    assert.equal(interaction.forms.size, 0);
});
