import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeClock, settle } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { OpenList } = await odooModule("open_list.js");
const READ_AT = { epoch: "k3j9", offset: 1041 };
const NOW = { epoch: "k3j9", offset: 1050 };

/** @type {any[]} */
let log;
/** @type {any} */
let view;
/** @type {any} */
let interaction;
/** @type {any} */
let handlers;
/** @type {any} */
let heardSoFar;
/** @type {FakeClock} */
let clock;
/** @type {number} */
let rereads;

beforeEach(() => {
    log = [];
    rereads = 0;
    heardSoFar = READ_AT;
    clock = new FakeClock();
    const names = ["amount", "name"];
    view = { model: "amanat.transfer", ids: new Set(), fields: names, patchable: new Set(), summed: new Set(), sort: [], domain: null, order: "", plain: true, filter: [], group: [], companies: [1], whole: false, room: 80 };
    interaction = {
        live: true,
        lists: new Set(),
        highlights: {},
        world: { ...clock, hidden: () => false, random: () => 0, now: clock.now },
        log: { debug: () => {} },
        isLive: () => interaction.live,
        replacementFor: () => undefined,
        warn: (/** @type {string} */ message) => void log.push(["warn", message]),
        client: {
            mark: () => heardSoFar,
            renew: async () => void log.push(["renew"]),
        },
        presence: {
            watch: (/** @type {any} */ spec, /** @type {any} */ given, /** @type {any} */ mark) => {
                handlers = given;
                const name = [spec.fields ?? "everything", spec.domain && JSON.stringify(spec.domain), spec.order].filter(Boolean).join(" ");
                log.push(["watch", name, mark]);
                return () => void log.push(["unwatch", name]);
            },
        },
    };
});

function open() {
    const model = { root: { resModel: "amanat.transfer" } };
    const list = new OpenList(interaction, model, { describe: () => view, reread, draw: async () => {} });
    heardSoFar = NOW;
    list.hooks.mounted();
    return list;
}

async function reread() {
    rereads++;
    return { changed: new Map(), added: [], held: false, kept: [], again: false };
}

test("a list on screen is watched, from where the client stood when the list began to read", () => {
    open();
    assert.deepEqual(log, [["watch", "amount,name", READ_AT]]);
});

test("a model that is not live is left alone, until it is", () => {
    interaction.live = false;
    const list = open();
    assert.deepEqual(log, []);
    interaction.live = true;
    list.hooks.interestChanged();
    assert.equal(log.length, 1);
});

test("equal interest is watched once", () => {
    const list = open();
    list.hooks.interestChanged();
    assert.equal(log.length, 1);
});

test("another sort is watched anew, from where the client stood before Odoo was asked, and the old watch ends then", () => {
    const list = open();
    const answered = list.hooks.reading(true);
    heardSoFar = { ...NOW, offset: 1055 };
    answered();
    view.sort = ["date"];
    list.hooks.interestChanged();
    assert.deepEqual(log.slice(1), [
        ["watch", "amount,date,name", NOW],
        ["unwatch", "amount,name"],
    ]);
});

test("a column that does not travel makes the list watch all that does, once", () => {
    open();
    handlers.refused({ code: "unknown_field", message: "" });
    handlers.refused({ code: "unknown_field", message: "" });
    assert.deepEqual(log.filter(([what]) => what === "watch").slice(1), [["watch", "everything", READ_AT]]);
});

/** What was watched, one after the other. */
const watches = () => log.filter(([what]) => what === "watch").map(([, name]) => name);
const OPEN = [["state", "=", "open"]];
const DONE = [["state", "=", "done"]];

test("the watch carries the list's own domain and order", () => {
    Object.assign(view, { domain: OPEN, order: "name ASC" });
    open();
    assert.deepEqual(watches(), ['amount,name [["state","=","open"]] name ASC']);
});

test("another search is another watch", () => {
    view.domain = OPEN;
    const list = open();
    view.domain = DONE;
    list.hooks.interestChanged();
    assert.deepEqual(watches(), ['amount,name [["state","=","open"]]', 'amount,name [["state","=","done"]]']);
});

test("what the bridge refuses is left out: first columns and order, then the domain", () => {
    Object.assign(view, { domain: OPEN, order: "name ASC" });
    open();
    handlers.refused({ code: "unknown_field", message: "" });
    handlers.refused({ code: "unknown_field", message: "" });
    handlers.refused({ code: "unknown_field", message: "no" });
    assert.deepEqual(watches().slice(1), ['everything [["state","=","open"]]', "everything"]);
    assert.equal(log.at(-1)[0], "warn");
});

test("another domain than the refused one is asked for again", () => {
    view.domain = OPEN;
    const list = open();
    handlers.refused({ code: "bad_domain", message: "" });
    view.domain = DONE;
    list.hooks.interestChanged();
    assert.deepEqual(watches().slice(1), ["amount,name", 'amount,name [["state","=","done"]]']);
});

test("an order that is none to the bridge is left out alone", () => {
    Object.assign(view, { domain: OPEN, order: "name ASC" });
    open();
    handlers.refused({ code: "bad_order", message: "" });
    assert.deepEqual(watches().slice(1), ['amount,name [["state","=","open"]]']);
});

test("the list knows of each watch whether its domain is judged", () => {
    const list = open();
    handlers.opened({ filtered: true });
    assert.equal(list.live.filtered, true);
    handlers.opened({ filtered: false });
    assert.equal(list.live.filtered, false);
});

test("a group that is unfolded says nothing about when the page was read", () => {
    const list = open();
    list.hooks.reading(false)();
    view.sort = ["date"];
    list.hooks.interestChanged();
    assert.deepEqual(log[1], ["watch", "amount,date,name", READ_AT]);
});

test("what is heard while Odoo is asked is read once more when it has answered", async () => {
    const list = open();
    const answered = list.hooks.reading(true);
    handlers.update({ op: "update", records: [{ id: 42, name: "x" }], changed_fields: ["name"] });
    await clock.pass(1000);
    assert.equal(rereads, 0);
    answered();
    await clock.pass(1000);
    assert.equal(rereads, 1);
});

test("an answer during which nothing was heard is enough", async () => {
    const list = open();
    handlers.update({ op: "update", records: [{ id: 42, name: "x" }], changed_fields: ["name"] });
    list.hooks.reading(true)();
    await clock.pass(1000);
    assert.equal(rereads, 0);
});

test("a company newer than the token is watched with a new token, once", async () => {
    open();
    handlers.refused({ code: "unknown_company", message: "" });
    await settle();
    assert.deepEqual(log.slice(1, 3), [["renew"], ["watch", "amount,name", READ_AT]]);

    handlers.refused({ code: "unknown_company", message: "company 9 is not yours" });
    await settle();
    assert.deepEqual(log.slice(4), [["warn", "a list of amanat.transfer is not kept fresh: company 9 is not yours (unknown_company)"]]);
});

test("another refusal is final, and said", () => {
    open();
    handlers.refused({ code: "too_many_watches", message: "close some views" });
    assert.deepEqual(log.slice(1), [["warn", "a list of amanat.transfer is not kept fresh: close some views (too_many_watches)"]]);
});

test("a list that leaves the screen is watched no more", () => {
    open().hooks.closed();
    assert.deepEqual(log.at(-1), ["unwatch", "amount,name"]);
    assert.equal(interaction.lists.size, 0);
});

test("an error ends live updates for this list, with a warning, and goes no further", () => {
    const list = open();
    Object.defineProperty(view, "fields", { get: () => assert.fail("planted") });
    list.hooks.interestChanged();
    list.hooks.interestChanged();
    assert.deepEqual(log.slice(1), [
        ["unwatch", "amount,name"],
        ["warn", "a list is not kept fresh: AssertionError [ERR_ASSERTION]: planted"],
    ]);
});
