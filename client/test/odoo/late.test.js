import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeClock } from "../fakes.js";
import { odooModule } from "./odoo_module.js";

const PATCH = `export const patch = (target, extension) => {
    const before = Object.create(Object.getPrototypeOf(target), Object.getOwnPropertyDescriptors(target));
    Object.defineProperties(target, Object.getOwnPropertyDescriptors(Object.setPrototypeOf(extension, before)));
};`;

const OURS = "amanat_realtime.assets_rows";

/** Odoo's modules that have begun. @type {Map<string, object>} */
let modules;

beforeEach(() => {
    modules = new Map();
    /** @type {any} */ (globalThis).odoo = { loader: { modules } };
});

/**
 * A web client of which each test has its own: `asked` are the bundles, and the views that Odoo itself loaded; `opened` are our own
 * kinds of view, live or not.
 */
async function webClient(/** @type {{fails?: number, loadView?: boolean, renewed?: boolean, until?: Promise<void>}} */ given = {}) {
    const { fails = 0, loadView = true, renewed = false, until } = given;
    const asked = /** @type {string[]} */ ([]);
    const opened = /** @type {string[]} */ ([]);
    const closed = /** @type {object[]} */ ([]);
    const clock = new FakeClock();
    const world = { asked, fails, until, begins: () => renewed || modules.set("@amanat_realtime/rows", {}) };
    const key = `late${Math.random()}`;
    /** @type {any} */ (globalThis)[key] = world;
    const { loadWithViews } = await odooModule("odoo19/late_views.js", {
        "@odoo/owl": `export const onWillDestroy = (callback) => (globalThis["${key}"].leave = callback);`,
        "@web/core/assets": `export const loadBundle = async (name) => {
            const world = globalThis["${key}"];
            world.asked.push(name);
            await world.until;
            if (world.fails-- > 0) throw new Error("no " + name);
            world.begins();
        };`,
        "@web/core/utils/patch": PATCH,
        "@web/views/view": `export class View { setup() {} }
            globalThis["${key}"].View = View;
            ${loadView ? `View.prototype.loadView = async function ({ type }) { globalThis["${key}"].asked.push(type); return "loaded"; };` : ""}`,
    });
    const failures = /** @type {string[]} */ ([]);
    loadWithViews({ list: "rows", form: "rows", graph: "charts" }, {
        setTimeout: clock.setTimeout,
        failed: (/** @type {Error} */ { message }) => void failures.push(message),
        opens: (/** @type {object} */ _view, /** @type {boolean} */ isHere) => void opened.push(isHere ? "live" : "stock"),
        closes: (/** @type {object} */ view) => void closed.push(view),
    });
    const { View } = /** @type {any} */ (world);
    return { View, world: /** @type {any} */ (world), closed, asked, opened, failures, clock, open: (/** @type {string} */ type) => new View().loadView({ type }) };
}

test("a view's part is fetched beside what Odoo loads for the view", async () => {
    const { asked, opened, open } = await webClient();
    assert.equal(await open("list"), "loaded");
    assert.deepEqual(asked, ["list", OURS]);
    assert.deepEqual(opened, ["live"]);
});

test("a part that was renewed since the page was loaded does not begin, and nobody takes the view for live", async () => {
    const { opened, failures, open } = await webClient({ renewed: true });
    assert.equal(await open("list"), "loaded");
    assert.deepEqual(opened, ["stock"]);
    assert.deepEqual(failures, ["rows is of another version than this page; reload the page"]);
});

test("a view waits two and a half seconds for its part, and those after it not at all, until that is here", async () => {
    /** @type {() => void} */
    let comes = assert.fail;
    const { opened, failures, clock, open } = await webClient({ until: new Promise((resolve) => (comes = resolve)) });
    const first = open("list");
    await clock.pass(2_499);
    assert.deepEqual(opened, []);
    await clock.pass(1);
    assert.equal(await first, "loaded");
    await open("form");
    assert.deepEqual(opened, ["stock", "stock"]);
    assert.equal(new Set(failures).size, 1);

    comes();
    await clock.pass(0);
    await open("list");
    assert.deepEqual(opened, ["stock", "stock", "live"]);
});

test("a view that is gone says so", async () => {
    const { View, world, closed } = await webClient();
    const view = new View();
    view.setup();
    assert.deepEqual(closed, []);
    world.leave();
    assert.deepEqual(closed, [view]);
});

test("a view that is left before it has come opens no more", async () => {
    const { View, world, opened } = await webClient();
    const view = new View();
    view.setup();
    const loading = view.loadView({ type: "list" });
    world.leave();
    await loading;
    assert.deepEqual(opened, []);
});

test("graphs have their part of Odoo's own bundle", async () => {
    const { asked, opened, failures, open } = await webClient();
    await open("graph");
    modules.set("@amanat_realtime/charts", {});
    await open("graph");
    assert.deepEqual(asked, ["graph", "graph"]);
    assert.deepEqual(opened, ["stock", "live"]);
    assert.deepEqual(failures, []);
});

test("other views fetch nothing", async () => {
    const { asked, open } = await webClient();
    await open("activity");
    assert.deepEqual(asked, ["activity"]);
});

test("a part that cannot be fetched keeps no view from opening, and is asked for again", async () => {
    const { asked, opened, failures, open } = await webClient({ fails: 1 });
    assert.equal(await open("list"), "loaded");
    assert.deepEqual(failures, [`no ${OURS}`]);
    await open("form");
    assert.deepEqual(asked, ["list", OURS, "form", OURS]);
    assert.deepEqual(opened, ["stock", "live"]);
    assert.equal(failures.length, 1);
});

test("where views are loaded otherwise, every part is fetched at once", async () => {
    const { asked } = await webClient({ loadView: false });
    assert.deepEqual(asked, [OURS]);
});

test("a part begins when there is who keeps views fresh, whichever comes first", async () => {
    const { beginParts, whenLive } = await odooModule("late/late.js");
    const begun = /** @type {any[]} */ ([]);
    whenLive((/** @type {any} */ it) => begun.push(["early", it]));
    assert.equal(begun.length, 0);
    beginParts("interaction");
    whenLive((/** @type {any} */ it) => begun.push(["late", it]));
    assert.deepEqual(begun, [["early", "interaction"], ["late", "interaction"]]);
});
