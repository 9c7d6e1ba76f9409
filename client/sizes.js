/**
 * What a browser loads of the add-on, compressed, as its manifest says. `node sizes.js` prints it, and fails when that is more
 * than {@link BUDGETS} allow.
 */
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

const ADDON = new URL("../odoo_addon_stub/19.0/amanat_realtime/", import.meta.url);
const CLIENT = /\/static\/lib\/amanat\//;
/** Odoo sends no comments; it compiles styles, too, which makes them smaller still. */
const COMMENTS = /<!--[^]*?-->|^\s*\/\/.*\n/gm;
/** Odoo's page of tests loads it, nobody else. */
const TESTS = "web.assets_unit_tests";
const KIB = 1024;

/**
 * The client alone, what comes with every page (the client too), and the most of what comes with the first view of a kind; and, of no
 * add-on, the client of tables with everything it needs.
 */
export const BUDGETS = { client: 15 * KIB, start: 25 * KIB, late: 21 * KIB, tables: 15 * KIB };

/** @typedef {{name: string, what: string, bytes: number}} Part */

/** @returns {Promise<Part[]>} */
export async function sizes() {
    const bundles = await bundlesOf(await readFile(new URL("__manifest__.py", ADDON), "utf8"));
    const eager = bundles.get("web.assets_backend") ?? [];
    const client = (await filesOf()).filter((file) => CLIENT.test(file) && file.endsWith(".js"));
    const styles = eager.filter((file) => file.endsWith(".scss"));
    const late = [...bundles].filter(([name]) => name !== "web.assets_backend" && name !== TESTS);
    const parts = [
        ["start", "scripts and templates", eager.filter((file) => !styles.includes(file))],
        ["start", "styles", styles],
        ["start", "the worker's script", client.filter((file) => !eager.includes(file))],
        ...late.map(([what, files]) => ["late", what, files]),
        ["client", "the framework-free client, which is in the above", client],
    ];
    const addon = parts.map(async ([name, what, files]) => /** @type {Part} */ ({ name, what, bytes: await compressed(/** @type {string[]} */ (files)) }));
    return [...(await Promise.all(addon)), { name: "tables", what: "the client of tables, for pages that are not Odoo's", bytes: await tables() }];
}

async function tables() {
    const entryPoints = [fileURLToPath(new URL("src/tables/index.js", import.meta.url))];
    const { outputFiles } = await build({ entryPoints, bundle: true, write: false, format: "esm", target: "es2022", minify: true, legalComments: "none" });
    const { code = "" } = await minify(outputFiles[0]?.text ?? "", { module: true, ecma: 2020, compress: { passes: 3 } });
    return gzipSync(code, { level: 9 }).length;
}

/**
 * @param {Part[]} parts
 * @param {...string} names
 */
export function sum(parts, ...names) {
    return parts.filter(({ name }) => names.includes(name)).reduce((bytes, part) => bytes + part.bytes, 0);
}

/** @param {Part[]} parts */
export function assertInBudget(parts) {
    const late = parts.filter(({ name }) => name === "late").map(({ what, bytes }) => ({ what, bytes, budget: BUDGETS.late }));
    const client = { what: "the client", bytes: sum(parts, "client"), budget: BUDGETS.client };
    const start = { what: "what every page loads", bytes: sum(parts, "start"), budget: BUDGETS.start };
    const apart = { what: "the client of tables", bytes: sum(parts, "tables"), budget: BUDGETS.tables };
    for (const { what, bytes, budget } of [client, start, apart, ...late]) {
        if (bytes > budget) {
            throw new Error(`${what} has ${bytes} bytes (gzip); the budget is ${budget}`);
        }
    }
}

/**
 * @param {string} manifest
 * @returns {Promise<Map<string, string[]>>} files by bundle
 */
async function bundlesOf(manifest) {
    const files = await filesOf();
    const assets = manifest.slice(manifest.indexOf('"assets"'));
    return new Map(
        [...assets.matchAll(/"([\w.]+)": \[([^\]]*)\]/g)].map(([, name = "", list = ""]) => {
            const chosen = new Set();
            for (const [, remove, glob = ""] of list.matchAll(/(\("remove", )?"([^"]+)"/g)) {
                files.filter((file) => patternOf(glob).test(file)).forEach((file) => (remove ? chosen.delete(file) : chosen.add(file)));
            }
            return [name, [...chosen].sort()];
        }),
    );
}

/** @param {string} glob */
function patternOf(glob) {
    const parts = glob.split(/(\*\*\/|\*)/).map((part) => ({ "**/": "(.*/)?", "*": "[^/]*" })[part] ?? part.replaceAll(".", "\\."));
    return new RegExp(`^${parts.join("")}$`);
}

async function filesOf() {
    const files = await readdir(new URL("static/", ADDON), { recursive: true });
    return files.map((file) => `amanat_realtime/static/${file}`).sort();
}

/** @param {string[]} files */
async function compressed(files) {
    if (!files.length) {
        return 0;
    }
    const texts = await Promise.all(files.map((file) => readFile(new URL(`../${file}`, ADDON), "utf8")));
    return gzipSync(texts.map((text) => text.replace(COMMENTS, "")).join("\n"), { level: 9 }).length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const parts = await sizes();
    parts.forEach(({ name, what, bytes }) => console.log(`${String(bytes).padStart(6)}  ${name}: ${what}`));
    console.log(`${String(sum(parts, "start")).padStart(6)}  with every page (budget ${BUDGETS.start})`);
    console.log(`${String(sum(parts, "start", "late")).padStart(6)}  when every kind of view was opened`);
    assertInBudget(parts);
}
