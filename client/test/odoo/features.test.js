/**
 * Whether this add-on looks for everything of Odoo's web client that is private before it relies on it: else a web client that has
 * changed would break where nobody expects it. Compares the sources of `odoo19/` with the names that they look for.
 */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

const FOLDER = new URL("../../../odoo_addon_stub/19.0/amanat_realtime/static/src/odoo19/", import.meta.url);
/** Classes that go by another name in a loop. */
const ALIASES = { Controller: ["FormController", "ListController"] };
/** Looked for where it is patched, since without it everything comes at once. */
const ELSEWHERE = ["View.setup", "View.loadView"];
/** Of an object whose class Odoo does not give away: a board in which that fails is reloaded instead. */
const BARS = ["_updateAggregateGroup", "_updateAggregates", "_updateProgressBar"];

const files = (await readdir(FOLDER, { recursive: true })).filter((file) => file.endsWith(".js"));
const sources = await Promise.all(files.map(async (file) => ({ file, text: await readFile(new URL(file, FOLDER), "utf8") })));
const expected = new Set(sources.flatMap(({ text }) => expectations(text)));

/** @returns {string[]} `Class.method` of each that a source looks for */
function expectations(/** @type {string} */ text) {
    const lists = new Map([...text.matchAll(/const (\w+) = \[([^\]]*)\];/g)].map(([, name, list]) => [name, list ?? ""]));
    const named = [...text.matchAll(/\[([A-Z]\w+), (?:\[([^\]]*)\]|(\w+))\]/g)];
    return named.flatMap(([, owner, list = "", name = ""]) => {
        const spread = [...list.matchAll(/\.\.\.(\w+)/g)].map(([, other = ""]) => lists.get(other) ?? "");
        const methods = [list, lists.get(name) ?? "", ...spread].flatMap((some) => [...some.matchAll(/"(\w+)"/g)]);
        return methods.map(([, method]) => `${owner}.${method}`);
    });
}

/** @returns {string[]} `Class.method` of each that a source patches and that is not its own */
function patched(/** @type {string} */ text) {
    return [...text.matchAll(/^( *)patch\((\w+)\.prototype, \{\n([^]*?)^\1\}\)/gm)].flatMap(([, indent = "", owner = "", body = ""]) => {
        const members = [...body.matchAll(new RegExp(`^${indent} {4}(?:async |get )?(\\w+)\\(`, "gm"))].map(([, name]) => name);
        const theirs = members.filter((name) => !name?.startsWith("amanat"));
        const owners = ALIASES[/** @type {keyof typeof ALIASES} */ (owner)] ?? [owner];
        return owners.flatMap((one) => theirs.map((name) => `${one}.${name}`));
    });
}

test("every method of Odoo's that is patched is looked for first", () => {
    const sites = sources.flatMap(({ text }) => patched(text));
    assert.ok(sites.length > 40, `the sources are written otherwise: only ${sites.length} patched methods found`);
    assert.deepEqual(sites.filter((site) => !expected.has(site) && !ELSEWHERE.includes(site)), []);
});

test("every private method of Odoo's that is called is looked for first", () => {
    const known = new Set([...expected].map((name) => name.split(".")[1]));
    const called = sources.flatMap(({ text }) => [...text.matchAll(/\.(_[a-z]\w+)\(/g)].map(([, name = ""]) => name));
    const unknown = called.filter((name) => name !== "_t" && !known.has(name) && !BARS.includes(name));
    assert.ok(called.length > 40, `the sources are written otherwise: only ${called.length} calls found`);
    assert.deepEqual([...new Set(unknown)], []);
});

test("every patch is written so that these tests read it", () => {
    for (const { file, text } of sources) {
        const all = [...text.matchAll(/\bpatch\(/g)].length;
        const read = [...text.matchAll(/^ *patch\(\w+\.prototype, \{(\n| amanat\w+: \w+, amanat\w+: \w+ \}\);\n)/gm)].length;
        assert.equal(read, all, file);
    }
});

test("no source patches what Odoo loads outside of what these tests read", async () => {
    const others = (await readdir(new URL("../", FOLDER), { recursive: true })).filter((file) => file.endsWith(".js") && !file.startsWith("odoo19/"));
    for (const file of others) {
        assert.doesNotMatch(await readFile(new URL(`../${file}`, FOLDER), "utf8"), /\bpatch\(/, file);
    }
});
