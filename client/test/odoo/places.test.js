import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { arriving, idsIn, offPage } = await odooModule("list/places.js");

const LIMIT = 3;
const rows = (/** @type {(number | false)[]} */ ...ids) => ({ limit: LIMIT, records: ids.map((resId) => ({ resId })) });
const answer = (/** @type {number[]} */ ...ids) => ({ records: ids.map((id) => ({ id })) });
const group = (/** @type {string} */ value, /** @type {any} */ list, isFolded = false) => ({ value, list, isFolded });
const shown = (/** @type {any[]} */ ...groups) => ({ groups });
const answered = (/** @type {Record<string, any>} */ groups) => ({
    groups: Object.entries(groups).map(([value, content]) => ({ value, ...content })),
});

test("an answer has the records of all its groups", () => {
    assert.deepEqual(idsIn(answered({ draft: answer(1, 2), open: answered({ me: answer(3) }) })), [1, 2, 3]);
});

test("what a list does not show yet arrives", () => {
    assert.deepEqual(arriving(rows(1, 2), answer(3, 2, 1)), [3]);
});

test("a row that goes to another group arrives there, until it is shown there", () => {
    const draft = group("draft", rows(1, 2));
    const now = answered({ draft: answer(1), open: answer(2, 3) });
    assert.deepEqual(arriving(shown(draft, group("open", rows(3))), now), [2]);
    assert.deepEqual(arriving(shown(draft, group("open", rows(2, 3))), now), []);
    assert.deepEqual(arriving(shown(draft), now), [2, 3]);
});

test("nothing arrives in a group that is folded", () => {
    const list = shown(group("draft", rows(1, 2)), group("open", rows(2), true));
    assert.deepEqual(arriving(list, answered({ draft: answer(1), open: answer() })), []);
});

test("a record of several groups arrives in the one that it has newly come to", () => {
    const list = shown(group("red", rows(1)), group("blue", rows(1)), group("green", rows(2)));
    assert.deepEqual(arriving(list, answered({ red: answer(1), green: answer(1, 2) })), [1]);
    assert.deepEqual(arriving(list, answered({ red: answer(1), green: answer(2) })), []);
});

test("groups in groups are looked into", () => {
    const list = shown(group("draft", shown(group("me", rows(1)), group("you", rows(2)))));
    assert.deepEqual(arriving(list, answered({ draft: answered({ me: answer(), you: answer(1, 2) }) })), [1]);
});

test("what is missing at the end of a full page may be on the next one", () => {
    const list = rows(1, 2, 3);
    assert.deepEqual(offPage(list, answer(9, 1, 2)), [[list, [{ resId: 3 }]]]);
    assert.deepEqual(offPage(list, answer(9, 1, 3)), []);
    assert.deepEqual(offPage(list, answer(1, 2)), []);
    assert.deepEqual(offPage(list, answer(1, 2, 3)), []);
});

test("a row that is not saved yet hides none above it", () => {
    assert.deepEqual(offPage(rows(1, 2, 3, false), answer(9, 1, 2))[0][1], [{ resId: 3 }, { resId: false }]);
});

test("each group has pages of its own", () => {
    const open = rows(4, 5, 6);
    const list = shown(group("draft", rows(1, 2, 3)), group("open", open), group("done", rows(7, 8, 9), true));
    const now = answered({ draft: answer(1), open: answer(2, 4, 5), done: answer(), new: answer(3, 10, 11) });
    assert.deepEqual(offPage(list, now), [[open, [{ resId: 6 }]]]);
});
