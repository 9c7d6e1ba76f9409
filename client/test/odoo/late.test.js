import assert from "node:assert/strict";
import { test } from "node:test";
import { odooModule } from "./odoo_module.js";

const PATCH = `export const patch = (target, extension) => {
    const before = Object.create(Object.getPrototypeOf(target), Object.getOwnPropertyDescriptors(target));
    Object.defineProperties(target, Object.getOwnPropertyDescriptors(Object.setPrototypeOf(extension, before)));
};`;

/** A web client of which each test has its own: `asked` are the bundles, and the views that Odoo itself loaded. */
async function webClient(/** @type {{fails?: number, loadView?: boolean}} */ { fails = 0, loadView = true } = {}) {
    const asked = /** @type {string[]} */ ([]);
    const world = { asked, fails };
    const key = `late${Math.random()}`;
    /** @type {any} */ (globalThis)[key] = world;
    const { loadWithViews } = await odooModule("odoo19/late_views.js", {
        "@web/core/assets": `export const loadBundle = async (name) => {
            const world = globalThis["${key}"];
            world.asked.push(name);
            if (world.fails-- > 0) throw new Error("no " + name);
        };`,
        "@web/core/utils/patch": PATCH,
        "@web/views/view": `export class View {}
            globalThis["${key}"].View = View;
            ${loadView ? `View.prototype.loadView = async function ({ type }) { globalThis["${key}"].asked.push(type); return "loaded"; };` : ""}`,
    });
    const failures = /** @type {string[]} */ ([]);
    loadWithViews({ list: "rows", form: "rows" }, (/** @type {Error} */ { message }) => void failures.push(message));
    const { View } = /** @type {any} */ (world);
    return { asked, failures, open: (/** @type {string} */ type) => new View().loadView({ type }) };
}

test("a view's part is fetched beside what Odoo loads for the view", async () => {
    const { asked, open } = await webClient();
    assert.equal(await open("list"), "loaded");
    assert.deepEqual(asked, ["list", "rows"]);
});

test("other views fetch nothing", async () => {
    const { asked, open } = await webClient();
    await open("activity");
    assert.deepEqual(asked, ["activity"]);
});

test("a part that cannot be fetched keeps no view from opening, and is asked for again", async () => {
    const { asked, failures, open } = await webClient({ fails: 1 });
    assert.equal(await open("list"), "loaded");
    assert.deepEqual(failures, ["no rows"]);
    await open("form");
    assert.deepEqual(asked, ["list", "rows", "form", "rows"]);
    assert.equal(failures.length, 1);
});

test("where views are loaded otherwise, every part is fetched at once", async () => {
    const { asked } = await webClient({ loadView: false });
    assert.deepEqual(asked, ["rows"]);
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
