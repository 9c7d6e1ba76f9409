/**
 * Bundles `src/` into the two files that the Odoo add-on ships: the client, which the demo page loads too, and the script of its worker.
 * `node build.js` writes them; `node build.js --check` fails when a committed file differs.
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const LIB = new URL("../odoo_addon_stub/19.0/amanat_realtime/static/lib/amanat/", import.meta.url);
/** Of both files together. */
const MAX_GZIP_BYTES = 15 * 1024;

const ORIGIN = '/* Amanat Realtime browser client, Apache-2.0. Built from client/ by "npm run build": change it there. */';
// Odoo takes a file outside static/src for a module only when its first comment says so.
const MODULE = `/** @odoo-module */\n${ORIGIN}\n// @ts-nocheck`;

/**
 * @param {string} entry
 * @param {import("esbuild").BuildOptions} options
 * @returns {Promise<string>}
 */
async function text(entry, options) {
    const result = await build({
        entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
        bundle: true,
        write: false,
        target: "es2022",
        charset: "utf8",
        legalComments: "none",
        minify: true,
        ...options,
    });
    const [file] = result.outputFiles ?? [];
    if (!file) {
        throw new Error("esbuild returned no file");
    }
    // Odoo finds what a module exports at the beginning of a line only
    return file.text.replace(/\bexport\s*\{/, "\nexport {");
}

/** @returns {Promise<Map<string, string>>} text by name of the file */
export async function bundles() {
    const worker = await text("src/shared/worker.js", { format: "iife", banner: { js: ORIGIN } });
    const version = createHash("sha256").update(worker).digest("hex").slice(0, 12);
    const client = await text("src/index.js", {
        format: "esm",
        banner: { js: MODULE },
        define: { "globalThis.AMANAT_WORKER": JSON.stringify(version) },
    });
    return new Map([
        ["amanat_client.js", client],
        ["amanat_worker.js", worker],
    ]);
}

/**
 * @param {string} name
 * @returns {Promise<string>} an empty text when there is none yet
 */
export async function committed(name) {
    return readFile(new URL(name, LIB), "utf8").catch(() => "");
}

/** @param {Map<string, string>} files */
export function assertSmall(files) {
    const bytes = size(files);
    if (bytes > MAX_GZIP_BYTES) {
        throw new Error(`the bundles have ${bytes} bytes (gzip); the budget is ${MAX_GZIP_BYTES}`);
    }
}

/** @param {Map<string, string>} files */
function size(files) {
    return [...files.values()].reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const files = await bundles();
    assertSmall(files);
    for (const [name, file] of files) {
        if (!process.argv.includes("--check")) {
            await writeFile(new URL(name, LIB), file);
        } else if (file !== (await committed(name))) {
            console.error(`the committed ${name} differs from client/src: run \`npm run build\` in client/ and commit it`);
            process.exit(1);
        }
    }
    console.log(`${[...files.keys()].join(", ")}: ${size(files)} bytes gzip`);
}
