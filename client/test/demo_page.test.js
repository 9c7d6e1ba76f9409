import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

// The demo page has no package of its own: its files are read as modules from here.
const FORMAT = new URL("../../odoo_addon_stub/standin/src/main/resources/io/amanat/standin/page/format.js", import.meta.url);
const source = await readFile(FORMAT, "utf8");
const { amountText, parseAmount } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

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
