import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeClock } from "../fakes.js";
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

beforeEach(() => {
    log = [];
    const clock = new FakeClock();
    const names = ["amount", "name"];
    view = { model: "amanat.transfer", ids: new Set(), fields: names, patchable: new Set(), summed: new Set(), sort: [], filter: [], group: [], companies: [1], complete: false };
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
            mark: () => NOW,
            watch: (/** @type {any} */ spec, /** @type {any} */ given, /** @type {any} */ mark) => {
                handlers = given;
                const name = spec.fields?.join() ?? "everything";
                log.push(["watch", name, mark]);
                return () => void log.push(["unwatch", name]);
            },
        },
    };
});

function open() {
    const model = { root: { resModel: "amanat.transfer" } };
    const list = new OpenList(interaction, model, { describe: () => view }, READ_AT);
    list.hooks.mounted();
    return list;
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

test("another sort is watched anew, and the old watch ends after the new one began", () => {
    const list = open();
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

test("another refusal is final", () => {
    open();
    handlers.refused({ code: "unknown_model", message: "" });
    assert.equal(log.length, 1);
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
