import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { rowStages } = await odooModule("row_stages.js");
const stages = (/** @type {string} */ before, /** @type {string} */ next, /** @type {string} */ edited = "E") =>
    rowStages([...before], [...next], edited).map((/** @type {string[]} */ stage) => stage.join(""));

test("nothing changes: nothing is shown anew", () => {
    assert.deepEqual(stages("aEb", "aEb"), []);
});

test("without a row being edited the new order is shown at once", () => {
    assert.deepEqual(stages("abc", "cxa", "-"), ["cxa"]);
});

test("a change on one side of the edited row is shown at once", () => {
    assert.deepEqual(stages("abEcd", "xaEcd"), ["xaEcd"]);
    assert.deepEqual(stages("abEcd", "abEdyc"), ["abEdyc"]);
});

test("a row that comes and one that goes, on both sides, take two stages", () => {
    assert.deepEqual(stages("aEb", "Ebc"), ["Eb", "Ebc"]);
});

test("a row that crosses is taken away first", () => {
    assert.deepEqual(stages("abEc", "bEca"), ["bEc", "bEca"]);
    assert.deepEqual(stages("aEbc", "caEb"), ["aEb", "caEb"]);
});

test("no stage changes both sides, whatever the orders", () => {
    const rows = [..."abcdef"];
    const some = (/** @type {number} */ seed) => rows.filter((_, index) => (seed >> index) & 1).sort((a, b) => ((a.charCodeAt(0) * seed) % 7) - ((b.charCodeAt(0) * seed) % 7));
    for (let seed = 1; seed < 4096; seed += 7) {
        const before = [...some(seed % 64), "E", ...some(63 - (seed % 64))];
        const next = [...some((seed * 5) % 64).filter((row) => row !== "a"), "E", ...rows.filter((row) => !some((seed * 5) % 64).includes(row))];
        let shown = before;
        for (const stage of rowStages(before, next, "E")) {
            const [above, below] = shown.join("").split("E");
            const [nextAbove, nextBelow] = stage.join("").split("E");
            assert.ok(above === nextAbove || below === nextBelow, `${shown.join("")} to ${stage.join("")}`);
            assert.equal(new Set(stage).size, stage.length, "no row twice");
            shown = stage;
        }
        assert.deepEqual(shown, next);
    }
});
