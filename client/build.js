/**
 * Bundles `src/` into the one file that the Odoo add-on ships and the demo page loads.
 * `node build.js` writes it; `node build.js --check` fails when the committed file differs.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const ENTRY = fileURLToPath(new URL("src/index.js", import.meta.url));
const BUNDLE = fileURLToPath(
    new URL("../odoo_addon_stub/19.0/amanat_realtime/static/lib/amanat/amanat_client.js", import.meta.url),
);
const MAX_GZIP_BYTES = 15 * 1024;

// Odoo takes a file outside static/src for a module only when its first comment says so.
const BANNER = `/** @odoo-module */
/* Amanat Realtime browser client, Apache-2.0. Built from client/ by "npm run build": change it there. */
// @ts-nocheck`;

/** @returns {Promise<string>} */
export async function bundle() {
    const result = await build({
        entryPoints: [ENTRY],
        bundle: true,
        write: false,
        format: "esm",
        target: "es2022",
        charset: "utf8",
        legalComments: "none",
        minify: true,
        banner: { js: BANNER },
    });
    const [file] = result.outputFiles;
    if (!file) {
        throw new Error("esbuild returned no file");
    }
    // Odoo finds what a module exports only where that begins a line
    return file.text.replace(/\bexport\s*\{/, "\nexport {");
}

/** @returns {Promise<string>} an empty text when there is none yet */
export async function committedBundle() {
    return readFile(BUNDLE, "utf8").catch(() => "");
}

/** @param {string} text */
export function assertSmall(text) {
    const bytes = gzipSync(text, { level: 9 }).length;
    if (bytes > MAX_GZIP_BYTES) {
        throw new Error(`the bundle has ${bytes} bytes (gzip); the budget is ${MAX_GZIP_BYTES}`);
    }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const text = await bundle();
    assertSmall(text);
    if (process.argv.includes("--check")) {
        if (text !== (await committedBundle())) {
            console.error("the committed bundle differs from client/src: run `npm run build` in client/ and commit it");
            process.exit(1);
        }
    } else {
        await writeFile(BUNDLE, text);
        console.log(`${BUNDLE}: ${gzipSync(text).length} bytes gzip`);
    }
}
