import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { settle } from "./fakes.js";

// The demo page has no package of its own: its files are read as modules from here.
const PAGE = new URL("../../odoo_addon_stub/standin/src/main/resources/io/amanat/standin/page/", import.meta.url);
const load = async (/** @type {string} */ name) =>
    import(`data:text/javascript,${encodeURIComponent(await readFile(new URL(name, PAGE), "utf8"))}`);
const { amountText, parseAmount } = await load("format.js");
const { Odoo } = await load("odoo.js");

const AMOUNTS = {
    "777,5": 777.5,
    "777.5": 777.5,
    "1 234,50": 1234.5,
    "1\u00a0234,50": 1234.5,
    "1\u202f234,50": 1234.5,
    " 12 ": 12,
    ",5": 0.5,
    "7,": 7,
    "-3,25": -3.25,
    0: 0,
    "9999999999999,99": 9999999999999.99,
};

for (const [typed, amount] of Object.entries(AMOUNTS)) {
    test(`“${typed}” is the amount ${amount}`, () => assert.equal(parseAmount(typed), amount));
}

for (const typed of ["", " ", "abc", "1e15", "Infinity", "10000000000000", "1,234", "1.234,50", "12 sum", "-", ","]) {
    test(`“${typed}” is not an amount`, () => assert.equal(parseAmount(typed), undefined));
}

test("an amount that is shown can be typed as it is shown", () => {
    for (const amount of [0, 0.01, 777.5, -1234.5, 9999999999999.99]) {
        assert.equal(parseAmount(amountText(amount)), amount);
    }
});

test("two calls that find the session gone sign in once: a second sign-in would end the first one's session", async (t) => {
    /** @type {{path: string, answer: (answer: object) => Promise<void>}[]} */
    const asked = [];
    t.mock.method(globalThis, "fetch", (/** @type {string} */ path) => {
        return new Promise((resolve) => {
            const answer = (/** @type {object} */ body) => {
                resolve(/** @type {any} */ ({ json: async () => body }));
                return settle();
            };
            asked.push({ path, answer });
        });
    });
    const listener = { answered: () => {}, silent: () => {}, signedInAgain: () => {} };
    const odoo = new Odoo({ origin: "tab", login: "aziz" }, listener);
    const gone = { error: { code: 100, data: { message: "Session expired" } } };
    const waiting = () => asked.map(({ path }) => path);

    const answers = Promise.all([odoo.call("one"), odoo.call("two")]);
    const [one, two] = asked.splice(0);
    await one?.answer(gone);
    assert.deepEqual(waiting(), ["web/session/authenticate"]);
    await asked.pop()?.answer({ result: {} });
    await two?.answer(gone);

    assert.deepEqual(waiting(), [
        "web/dataset/call_kw/amanat.transfer/one",
        "web/dataset/call_kw/amanat.transfer/two",
    ]);
    asked.forEach(({ path, answer }) => void answer({ result: path.slice(-3) }));
    assert.deepEqual(await answers, ["one", "two"]);
});
