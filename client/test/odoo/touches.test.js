import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { Touches } = await odooModule("form/touches.js");
const AZIZ = { name: "Aziz", own: false };

/** @type {any} */
let touches;

beforeEach(() => {
    touches = new Touches((/** @type {string} */ _field, /** @type {unknown} */ one, /** @type {unknown} */ other) => one === other);
    touches.begin("amount", 9);
});

test("what the field held when the user began stays the base, however often they change it", () => {
    touches.begin("amount", 12);
    assert.equal(touches.base("amount"), 9);
});

test("another value, saved by somebody else, has to be answered", () => {
    touches.heard("amount", 12, 10, AZIZ);
    assert.deepEqual(touches.conflicts(), [{ field: "amount", base: 9, theirs: 12, who: AZIZ }]);
});

test("the newest of their values is the one that is asked about", () => {
    touches.heard("amount", 12, 10, AZIZ);
    touches.heard("amount", 13, 10, { own: true });
    assert.deepEqual(touches.conflicts(), [{ field: "amount", base: 9, theirs: 13, who: { own: true } }]);
});

test("nobody is asked when somebody else saved what the user wants too", () => {
    touches.heard("amount", 10, 10, AZIZ);
    assert.deepEqual(touches.conflicts(), []);
    assert.equal(touches.base("amount"), 10);
});

test("the question ends when the other value is taken back", () => {
    touches.heard("amount", 12, 10, AZIZ);
    touches.heard("amount", 9, 10, AZIZ);
    assert.deepEqual(touches.conflicts(), []);
    assert.equal(touches.base("amount"), 9);
});

test("the question ends when the user comes to the other value by themselves", () => {
    touches.heard("amount", 12, 10, AZIZ);
    touches.changed("amount", 12);
    assert.deepEqual(touches.conflicts(), []);
    assert.equal(touches.base("amount"), 12);
});

test("while the user is still typing, what they want is not known, and they are asked", () => {
    touches.heard("amount", 12, undefined, AZIZ);
    assert.equal(touches.conflicts().length, 1);
});

test("who keeps their own value writes over the one they have seen, and is asked again about the next", () => {
    touches.heard("amount", 12, 10, AZIZ);
    touches.keepMine("amount");
    assert.equal(touches.base("amount"), 12);
    assert.deepEqual(touches.conflicts(), []);
    touches.heard("amount", 13, 10, AZIZ);
    assert.deepEqual(touches.conflicts(), [{ field: "amount", base: 12, theirs: 13, who: AZIZ }]);
});

test("a field that the user has not touched is nobody's question", () => {
    touches.heard("note", "new", "old", AZIZ);
    assert.deepEqual(touches.conflicts(), []);
});

test("a touch that has ended begins anew from what is there then", () => {
    touches.heard("amount", 12, 10, AZIZ);
    touches.end("amount");
    touches.begin("amount", 12);
    assert.equal(touches.base("amount"), 12);
    assert.deepEqual(touches.conflicts(), []);
});
