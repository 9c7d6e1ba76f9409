import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { addonFiles, committedAddonFile, PARTS } from "../build_addon.js";
import { asOdooModule } from "../odoo_define.js";
import { assertInBudget, BUDGETS, sizes } from "../sizes.js";

/** @param {string} text @returns {{name: string, dependencies: string[], factory: (require: Function) => any}} */
function defined(text) {
    /** @type {any[]} */
    const calls = [];
    vm.runInNewContext(text, { odoo: { define: (/** @type {any[]} */ ...given) => calls.push(given) } });
    assert.equal(calls.length, 1, "one module in each file");
    const [name, dependencies, factory] = calls[0];
    return { name, dependencies: [...dependencies], factory };
}

const files = new Map([...(await addonFiles())].map(([name, text]) => [name, { text, ...defined(text) }]));

test("the add-on ships exactly what static/src says", async () => {
    assert.deepEqual([...files.keys()].sort(), Object.keys(PARTS).map((part) => `${part}.js`).sort());
    for (const [name, { text }] of files) {
        assert.equal(await committedAddonFile(name), text, "run `npm run build` in client/ and commit the result");
    }
});

test("what a browser loads keeps its budget", async () => {
    assertInBudget(await sizes());
});

test("one byte over its budget is too much", () => {
    assert.throws(() => assertInBudget([{ name: "start", what: "scripts", bytes: BUDGETS.start + 1 }]), /what every page loads has 25601 bytes/);
    assert.throws(() => assertInBudget([{ name: "late", what: "forms", bytes: BUDGETS.late + 1 }]), /forms has/);
});

test("a part takes from the start of the same build only", () => {
    const start = files.get("start.js");
    assert.match(start?.name ?? "", /^@amanat_realtime\/start\/[0-9a-f]{8}$/);
    assert.ok(files.get("records.js")?.dependencies.includes(start?.name ?? ""));
    for (const [name, { dependencies }] of files) {
        const own = dependencies.filter((path) => path.startsWith("@amanat_realtime/start"));
        assert.ok(name === "start.js" ? !own.length : own.every((path) => path === start?.name), name);
    }
});

test("what parts take from the start is there", () => {
    const offered = namesOf(files.get("start.js")?.factory);
    const taken = [...files].filter(([name]) => name !== "start.js").flatMap(([, { factory }]) => takenFrom(/^@amanat_realtime\/start/, factory));
    assert.ok(taken.length > 10);
    assert.deepEqual(taken.filter((name) => !offered.has(name)), []);
});

test("texts are looked up among this add-on's", () => {
    for (const name of ["start.js", "records.js"]) {
        assert.match(files.get(name)?.text ?? "", /\(\w+,"amanat_realtime",\.\.\.\w+\)/, name);
    }
    assert.deepEqual([...files].flatMap(([, { factory }]) => takenFrom(/translation$/, factory)).filter((name) => name !== "appTranslateFn"), []);
});

test("a module for Odoo requires what it imports, and returns what it exports", () => {
    const text = 'import { b as c } from "@web/b";\nimport "@web/side";\nvar a = c + 1;\nexport {\n  a as default_a,\n  c\n};\n';
    const { name, dependencies, factory } = defined(asOdooModule("@x/a", text, (path) => path));
    assert.equal(name, "@x/a");
    assert.deepEqual(dependencies, ["@web/b", "@web/side"]);
    assert.deepEqual({ ...factory((/** @type {string} */ path) => (path === "@web/b" ? { b: 1 } : undefined)) }, { default_a: 2, c: 1 });
});

function namesOf(/** @type {Function | undefined} */ factory) {
    return new Set([...String(factory).matchAll(/[{,](_\d+):/g)].map(([, name]) => name));
}

function takenFrom(/** @type {RegExp} */ path, /** @type {Function} */ factory) {
    const requires = [...String(factory).matchAll(/\{([^{}]*)\}=\w+\("([^"]+)"\)/g)].filter(([, , module = ""]) => path.test(module));
    return requires.flatMap(([, names = ""]) => names.split(",").map((name) => name.split(":")[0] ?? ""));
}
