import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { odooModule } from "./odoo_module.js";

const { Presence, faces, hereAt } = await odooModule("presence/presence.js");
const AZIZ = { id: 7, name: "Aziz" };
const BOBUR = { id: 8, name: "Bobur", editing: ["amount"] };
const record = { resModel: "amanat.transfer", resId: 42 };

/** @type {any[]} */
let watches;
/** @type {any} */
let shown;
/** @type {any} */
let presence;

beforeEach(() => {
    watches = [];
    shown = {};
    const watch = (/** @type {any} */ spec, /** @type {any} */ handlers, /** @type {any} */ mark) => {
        const one = { spec, handlers, mark, ended: false };
        watches.push(one);
        return () => {
            one.ended = true;
        };
    };
    presence = new Presence({ watch }, shown);
});

const told = (/** @type {any[]} */ people, more = 0) => ({ model: "amanat.transfer", id: 42, people, more });

test("a view is watched as it asks, with presence", () => {
    const update = () => {};
    presence.watch({ view: "list" }, { update }, "mark");
    const [{ spec, handlers, mark }] = watches;
    assert.deepEqual([spec, handlers.update, mark], [{ view: "list", presence: true }, update, "mark"]);
});

test("who is at a record is shown there, until nobody is", () => {
    presence.watch({}, {});
    watches[0].handlers.presence(told([AZIZ], 2));
    assert.deepEqual(hereAt(shown, record), { people: [AZIZ], more: 2 });
    assert.equal(hereAt(shown, { ...record, resId: 43 }), undefined);
    assert.equal(hereAt(shown, { ...record, resId: false }), undefined);
    watches[0].handlers.presence(told([]));
    assert.deepEqual(shown, {});
});

test("those who may not be named are somebody, too", () => {
    presence.watch({}, {});
    watches[0].handlers.presence(told([], 3));
    assert.deepEqual(hereAt(shown, record), { people: [], more: 3 });
});

test("a view that closes takes along what only it was told", () => {
    const closeForm = presence.watch({ view: "form" }, {});
    const closeList = presence.watch({ view: "list" }, {});
    watches[0].handlers.presence(told([AZIZ]));
    watches[1].handlers.presence(told([BOBUR]));
    assert.deepEqual(hereAt(shown, record).people, [BOBUR]);
    closeList();
    assert.deepEqual(hereAt(shown, record).people, [AZIZ]);
    closeForm();
    assert.deepEqual(shown, {});
    assert.deepEqual(watches.map(({ ended }) => ended), [true, true]);
});

test("what an ended watch still hears is not shown", () => {
    presence.watch({}, {})();
    watches[0].handlers.presence(told([AZIZ]));
    assert.deepEqual(shown, {});
});

test("editors come first, four are drawn, the others are counted", () => {
    const five = [1, 2, 3, 4].map((id) => ({ id })).concat([BOBUR]);
    assert.deepEqual(faces({ people: five, more: 2 }, 4), { shown: [BOBUR, { id: 1 }, { id: 2 }, { id: 3 }], more: 3 });
    assert.deepEqual(faces({ people: [AZIZ], more: 0 }, 4), { shown: [AZIZ], more: 0 });
});
