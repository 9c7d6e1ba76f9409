import assert from "node:assert/strict";
import { test } from "node:test";
import { parseFilter } from "../../src/tables/filter.js";
import { microsOf } from "../../src/tables/moment.js";
import { dependants, frameOf, Ids, isTemporary, temporary } from "../../src/tables/operation.js";
import { parseOrder } from "../../src/tables/order.js";

const ROW = {
    id: "a",
    status: "taken",
    title: "50% off, today",
    place: 3,
    amount: 1.5,
    open: true,
    day: "2026-11-23",
    at: "2026-11-23T10:00:00.5+00:00",
    note: null,
};

/** @type {[string, boolean][]} */
const FILTERS = [
    ["", true],
    ["status=eq.taken", true],
    ["status=neq.taken", false],
    ["status=not.eq.taken", false],
    ["status=in.(done,taken)", true],
    ["status=not.in.(done,posted)", true],
    ['title=eq."50% off, today"', true],
    ['title=in.("a","50% off, today")', true],
    ["title=like.50\\%%", true],
    ["title=like.5_\\% off%", true],
    ["title=like.51%", false],
    ["title=ilike.%OFF%", true],
    ["title=like.%OFF%", false],
    ["place=gt.2,place=lte.3", true],
    ["place=lt.10", true],
    ["amount=eq.1.50", true],
    ["open=is.true", true],
    ["open=eq.true", true],
    ["open=not.is.true", false],
    ["day=gte.2026-11-23,day=lt.2026-11-30", true],
    ["at=gt.2026-11-23T10:00:00+00:00", true],
    ["at=lt.2026-11-23T10:00:00.123456Z", false],
    ["note=is.null", true],
    ["status=not.is.null", true],
    ["note=eq.x", false],
    ["note=not.eq.x", false],
    ["nothing", false],
    ["status=contains.t", false],
];

for (const [filter, expected] of FILTERS) {
    test(`a filter means what it means to the server: ${filter || "none"}`, () => {
        assert.equal(parseFilter(filter).matches(ROW), expected);
    });
}

test("timestamps are compared with all their digits", () => {
    const ordered = ["2026-11-21T10:00:00+00:00", "2026-11-21T10:00:00.1Z", "2026-11-21T10:00:00.100001+00:00", "2026-11-21T15:00:01+05:00"];
    const micros = ordered.map(microsOf);
    assert.deepEqual([...micros].sort((a, b) => a - b), micros);
    assert.equal(micros[2], 1_795_255_200_100_001);
    assert.ok(Number.isNaN(microsOf("10:00")));
});

test("rows stand by what they are ordered by, what has no value last, and by their ids", () => {
    const { compare, columns } = parseOrder("day,starts.desc");
    const rows = [
        { id: "d", day: null, starts: "08:00" },
        { id: "c", day: "2026-11-23", starts: "08:00" },
        { id: "b", day: "2026-11-23", starts: "08:00" },
        { id: "a", day: "2026-11-23", starts: "09:00" },
        { id: "e", day: "2026-11-22", starts: null },
    ];
    assert.deepEqual(rows.sort(compare).map(({ id }) => id), ["e", "a", "b", "c", "d"]);
    assert.deepEqual(columns, ["day", "starts"]);
});

test("rows that the server numbers stand before those that it has not yet", () => {
    const temp = "temp:00000000-0000-4000-8000-000000000001";
    const { compare } = parseOrder("day");
    const rows = [temp, 10, 2].map((id) => ({ id, day: "2026-11-23" }));
    assert.deepEqual(rows.sort(compare).map(({ id }) => id), [2, 10, temp]);
    assert.ok(compare({ id: temp }, { id: 2 }) > 0);
});

const ONE = temporary("00000000-0000-4000-8000-000000000001");
const TWO = temporary("00000000-0000-4000-8000-000000000002");

test("what a user types is no temporary id", () => {
    assert.ok(isTemporary(ONE));
    assert.ok(!isTemporary("temp: call back"));
});

test("a step names what an earlier step of the same write inserts by its place", () => {
    const ids = new Ids();
    const operation = operationOf(
        { table: "plan", op: "insert", id: ONE, values: { title: "Week" } },
        { table: "task", op: "insert", id: TWO, values: { plan_id: ONE } },
    );
    assert.deepEqual(JSON.parse(JSON.stringify(frameOf(operation, ids))), {
        type: "write",
        opId: operation.opId,
        ops: [
            { table: "plan", op: "insert", values: { title: "Week" } },
            { table: "task", op: "insert", values: { plan_id: { $ref: 0 } } },
        ],
    });
});

test("whatever hangs on a refused insert goes with it, over several steps", () => {
    const insert = operationOf({ table: "plan", op: "insert", id: ONE });
    const child = operationOf({ table: "task", op: "insert", id: TWO, values: { plan_id: ONE } });
    const grandchild = operationOf({ table: "task", op: "delete", id: TWO });
    const other = operationOf({ table: "task", op: "delete", id: "real" });
    assert.deepEqual(dependants(insert, [insert, child, other, grandchild], new Ids()), [child, grandchild]);
});

let operations = 0;

/**
 * @param {...any} steps
 * @returns {import("../../src/tables/operation.js").Operation}
 */
function operationOf(...steps) {
    return { opId: `o${++operations}`, steps, state: "queued" };
}
