/**
 * Builds what Odoo's web client loads of the add-on: the modules of `static/src`, minified, one file for each of {@link PARTS}.
 * `node build_addon.js` writes them; `--check` fails when a committed file differs; `--readable` keeps names and lines.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";
import { asOdooModule } from "./odoo_define.js";

export const ADDON = new URL("../odoo_addon_stub/19.0/amanat_realtime/", import.meta.url);
const SOURCES = fileURLToPath(new URL("static/src/", ADDON));
const BUILT = new URL("static/dist/", ADDON);

/**
 * The files, and the modules that each begins with. `start` comes with every page, another when it is needed; what is
 * needed by more than one of them is in `start`. `__manifest__.py` says which of Odoo's bundles has which.
 *
 * @type {Record<string, string[]>}
 */
export const PARTS = {
    start: ["real_time_interaction.js", "attention/test_action.js"],
    records: ["late/drawing.js", "late/rows.js", "late/forms.js"],
    question: ["late/question.js"],
    calendars: ["late/calendars.js"],
    realtime_test: ["realtime_test/realtime_test.js"],
    charts: ["odoo19/lazy/graph.js", "odoo19/lazy/pivot.js"],
};

const ORIGIN = `/* Amanat Realtime, LGPL-3.0 or later. Built from static/src by "npm run build" in client/: change it there. */`;
const CLIENT = "@amanat_realtime/../lib/amanat/amanat_client";
const START = "@amanat_realtime/start";

/**
 * @param {{readable?: boolean}} [how]
 * @returns {Promise<Map<string, string>>} text by name of the file
 */
export async function addonFiles({ readable = false } = {}) {
    const late = Object.entries(PARTS).filter(([part]) => part !== "start");
    const names = await namesInStart();
    const texts = new Map();
    for (const [part, entries] of late) {
        texts.set(part, await bundled(entries.map((path) => `import "./${path}";`), readable, fromStart(names)));
    }
    const needed = [...names].filter(([name]) => [...texts.values()].some((text) => new RegExp(`\\b${name}\\b`).test(text)));
    const exports = needed.map(([name, { path, exported }]) => `export { ${exported} as ${name} } from "./${path}";`);
    const start = await bundled([...(PARTS.start ?? []).map((path) => `import "./${path}";`), ...exports], readable);
    // a page that is open while the add-on is renewed must not take another build's names for those it has
    const version = `${START}/${createHash("sha256").update(start).digest("hex").slice(0, 8)}`;
    const files = new Map();
    for (const [part, text] of [["start", start], ...texts]) {
        const module = asOdooModule(part === "start" ? version : `@amanat_realtime/${part}`, text, (path) => (path === START ? version : path));
        files.set(`${part}.js`, `${ORIGIN}\n${readable ? module : await minified(module)}\n`);
    }
    return files;
}

/**
 * What modules in `start` export, under names of their own, since all of them leave it by one list.
 *
 * @returns {Promise<Map<string, {path: string, exported: string}>>}
 */
async function namesInStart() {
    const parts = await Promise.all(Object.values(PARTS).map(modulesOf));
    const lost = (await readdir(SOURCES, { recursive: true })).filter((file) => file.endsWith(".js") && !parts.flat().includes(file));
    if (lost.length) {
        throw new Error(`no part holds ${lost.join(", ")}: import it, or name it in PARTS`);
    }
    const [start = []] = parts;
    const modules = new Set(parts.flat().filter((path) => start.includes(path) || parts.filter((part) => part.includes(path)).length > 1));
    const names = new Map();
    for (const path of [...modules].sort()) {
        const { metafile } = await build({ ...COMMON, entryPoints: [path], bundle: false });
        for (const exported of Object.values(metafile.outputs)[0]?.exports ?? []) {
            names.set(`_${names.size}`, { path, exported });
        }
    }
    return names;
}

/**
 * @param {string[]} entries
 * @returns {Promise<string[]>} the modules that are reached from these
 */
async function modulesOf(entries) {
    const { metafile } = await build({ ...COMMON, entryPoints: entries, bundle: true, plugins: [odoo] });
    return Object.keys(metafile.inputs).filter((path) => !path.includes(":"));
}

/**
 * @param {string[]} statements
 * @param {boolean} readable
 * @param {import("esbuild").Plugin[]} plugins
 */
async function bundled(statements, readable, ...plugins) {
    const { outputFiles } = await build({
        ...COMMON,
        stdin: { contents: statements.join("\n"), resolveDir: SOURCES },
        bundle: true,
        minifySyntax: !readable,
        minifyIdentifiers: !readable,
        plugins: [...plugins, odoo],
    });
    return outputFiles[0]?.text ?? "";
}

/** @type {{write: false, metafile: true} & import("esbuild").BuildOptions} */
const COMMON = {
    absWorkingDir: SOURCES,
    outdir: SOURCES,
    write: false,
    metafile: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
};

/**
 * A part takes what is in `start` from there.
 *
 * @param {Map<string, {path: string, exported: string}>} names
 * @returns {import("esbuild").Plugin}
 */
function fromStart(names) {
    return {
        name: "start",
        setup({ onResolve, onLoad }) {
            onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
                const module = relative(SOURCES, join(resolveDir, path));
                return [...names.values()].some((name) => name.path === module) ? { path: module, namespace: "start", sideEffects: false } : undefined;
            });
            onLoad({ filter: /.*/, namespace: "start" }, ({ path }) => {
                const own = [...names].filter(([, name]) => name.path === path);
                return { contents: own.map(([name, { exported }]) => `export { ${name} as ${exported} } from "${START}";`).join("\n") };
            });
        },
    };
}

/**
 * What Odoo does when it loads a source: its own modules and the client keep their names, and `_t` knows whose texts it translates.
 * Each name is imported once for all modules of a file.
 *
 * @type {import("esbuild").Plugin}
 */
const odoo = {
    name: "odoo",
    setup({ onResolve, onLoad }) {
        const imported = namesFromOdoo();
        onResolve({ filter: /^@|\/amanat_client\.js$/ }, ({ path, namespace }) => {
            const module = path.startsWith("@") ? path : CLIENT;
            return namespace !== "file" ? { path: module, external: true, sideEffects: false } : { path: module, namespace: "odoo", sideEffects: false };
        });
        onLoad({ filter: /.*/, namespace: "odoo" }, async ({ path }) => {
            const names = (await imported).get(path) ?? new Set();
            const exports = [...names].sort().map((name) => (name === "_t" ? TRANSLATING : `export { ${name} } from "${path}";`));
            return { contents: exports.join("\n") };
        });
    },
};

const TRANSLATING = `
    import { appTranslateFn } from "@web/core/l10n/translation";
    export const _t = (source, ...given) => appTranslateFn(source, "amanat_realtime", ...given);`;

/** @returns {Promise<Map<string, Set<string>>>} by module, what the sources import of it */
async function namesFromOdoo() {
    const imports = /^import \{([^}]*)\} from "(@[^"]+|[^"]*\/amanat_client\.js)";$/gm;
    const names = new Map();
    for (const file of await readdir(SOURCES, { recursive: true })) {
        const text = file.endsWith(".js") ? await readFile(join(SOURCES, file), "utf8") : "";
        for (const [, list = "", path = ""] of text.matchAll(imports)) {
            const module = path.startsWith("@") ? path : CLIENT;
            const own = list.split(",").map((name) => name.trim().split(/\s+as\s+/)[0] ?? "").filter(Boolean);
            names.set(module, new Set([...(names.get(module) ?? []), ...own]));
        }
    }
    return names;
}

/** @param {string} text */
async function minified(text) {
    const { code } = await minify(text, {
        ecma: 2020,
        toplevel: true,
        compress: { passes: 3 },
        format: { comments: false },
    });
    return code ?? "";
}

/**
 * @param {string} name
 * @returns {Promise<string>} an empty text when there is none yet
 */
export async function committedAddonFile(name) {
    return readFile(new URL(name, BUILT), "utf8").catch(() => "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const files = await addonFiles({ readable: process.argv.includes("--readable") });
    for (const [name, text] of files) {
        if (!process.argv.includes("--check")) {
            await writeFile(new URL(name, BUILT), text);
        } else if (text !== (await committedAddonFile(name))) {
            console.error(`the committed ${name} differs from static/src: run \`npm run build\` in client/ and commit it`);
            process.exit(1);
        }
    }
}
