import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { sample } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const { HeldViews } = await odooModule("attention/held_views.js");
const UPDATE = sample("list_update");
const GONE = sample("list_update-leave");
const SPEC = { view: "list", model: "amanat.transfer" };

/** @type {any[]} */
let log;
/** @type {any} */
let views;

beforeEach(() => {
    log = [];
    views = new HeldViews({
        heard: (/** @type {any} */ frame) => void log.push(["heard", frame.op]),
        kept: (/** @type {any} */ what) => void log.push(["kept", what.op ?? what]),
        failed: (/** @type {any} */ error) => void log.push(["failed", error.message]),
    });
});

/** @param {string} name */
function open(name, handlers = {}) {
    return views.add(SPEC, {
        update: (/** @type {any} */ frame) => void log.push([name, frame.op]),
        gone: (/** @type {any} */ frame) => void log.push([name, frame.op]),
        stale: (/** @type {string} */ why) => void log.push([name, why]),
        ...handlers,
    });
}

/** What happened since the last time. */
function since() {
    return log.splice(0);
}

test("what is heard is handed on at once", () => {
    const list = open("list");
    list.handlers.update(UPDATE);
    list.handlers.stale("bulk");
    assert.deepEqual(since(), [["heard", "update"], ["list", "update"], ["list", "bulk"]]);
});

test("a view held still gets everything it missed, in order, when it goes on", () => {
    const list = open("list");
    views.still = true;
    list.handlers.update(UPDATE);
    list.handlers.gone(GONE);
    assert.deepEqual(since(), [["kept", "update"], ["kept", "leave"]]);

    views.goOn();
    assert.deepEqual(since(), [["heard", "update"], ["list", "update"], ["heard", "leave"], ["list", "leave"]]);
    views.goOn();
    list.handlers.update(UPDATE);
    assert.deepEqual(since(), [["heard", "update"], ["list", "update"]]);
});

test("a view that is to read itself is told only that", () => {
    const list = open("list");
    views.still = true;
    list.handlers.update(UPDATE);
    list.handlers.stale("bulk");
    list.handlers.update(UPDATE);
    since();
    views.goOn();
    assert.deepEqual(since(), [["list", "paused"]]);
});

test("of more than 200 messages nothing is kept: the view reads itself once", () => {
    const list = open("list");
    views.still = true;
    for (let message = 0; message <= 200; message++) {
        list.handlers.update(UPDATE);
    }
    since();
    views.goOn();
    assert.deepEqual(since(), [["list", "paused"]]);
});

test("what this tab does itself is answered while others' changes wait", () => {
    const receipts = /** @type {any[]} */ ([]);
    const list = open("list", { receipt: (/** @type {any} */ frame) => receipts.push(frame) });
    views.still = true;
    list.handlers.receipt(sample("receipt"));
    list.handlers.stale("own");
    assert.equal(receipts.length, 1);
    assert.deepEqual(since(), [["list", "own"]]);
});

test("a view that takes no frame of what is gone is told why to read instead", () => {
    const { handlers } = open("list", { gone: undefined });
    assert.equal(handlers.gone, undefined);
});

test("a view that was closed meanwhile hears nothing", () => {
    const list = open("list");
    views.still = true;
    list.handlers.update(UPDATE);
    list.end();
    since();
    views.goOn();
    assert.deepEqual(since(), []);
    assert.deepEqual(views.specs, []);
});

test("a view that fails does not keep the others from going on", () => {
    const broken = open("broken", { update: () => { throw new Error("not drawn"); } });
    const list = open("list");
    views.still = true;
    broken.handlers.update(UPDATE);
    list.handlers.update(UPDATE);
    since();
    views.goOn();
    assert.deepEqual(since(), [["heard", "update"], ["failed", "not drawn"], ["heard", "update"], ["list", "update"]]);
});
