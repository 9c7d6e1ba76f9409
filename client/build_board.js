/**
 * Bundles `board/` into the files that the bridge serves at `/board/`. `node build_board.js` writes them; `node build_board.js
 * --check` fails when a committed file differs.
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const BOARD = new URL("board/", import.meta.url);
const SERVED = new URL("../bridge/src/main/resources/io/amanat/bridge/websocket/board/", import.meta.url);
/** Of all files together: a phone on a slow network loads them in a second. */
const MAX_GZIP_BYTES = 60 * 1024;
const ORIGIN = '/* Amanat Realtime plan board, Apache-2.0. Built from client/board/ by "npm run build": change it there. */';
/** As `PageFile` in the bridge counts it. */
const VERSION_DIGITS = 16;

/** @param {string} entry @param {"esm" | "iife"} [format] @returns {Promise<string>} */
async function bundle(entry, format = "esm") {
    const result = await build({
        entryPoints: [fileURLToPath(new URL(entry, BOARD))],
        bundle: true,
        write: false,
        minify: true,
        format,
        target: "es2022",
        charset: "utf8",
        legalComments: "none",
        banner: { [entry.endsWith(".css") ? "css" : "js"]: ORIGIN },
    });
    return result.outputFiles[0]?.text ?? "";
}

/** @param {string} text */
function version(text) {
    return createHash("sha256").update(text).digest("hex").slice(0, VERSION_DIGITS);
}

/** @returns {Promise<Map<string, string>>} text by name of the file */
export async function boardFiles() {
    const script = await bundle("main.js");
    const style = await bundle("board.css");
    const page = (await readFile(new URL("index.html", BOARD), "utf8"))
        .replace('src="board.js"', `src="board.js?v=${version(script)}"`)
        .replace('href="board.css"', `href="board.css?v=${version(style)}"`);
    return new Map([
        ["board.js", script],
        ["board.css", style],
        ["index.html", page],
        ["sw.js", await worker({ "": page, [`board.js?v=${version(script)}`]: script, [`board.css?v=${version(style)}`]: style })],
    ]);
}

/**
 * The service worker differs whenever a file does: browsers see by that that there is a newer version.
 *
 * @param {Record<string, string>} own text by address
 */
async function worker(own) {
    const files = Object.entries(own).map(([address, text]) => ({ address, hash: version(text) }));
    const script = await bundle("sw.js", "iife");
    const kept = { version: version(script + JSON.stringify(files)), files };
    return `globalThis.AMANAT_KEPT=${JSON.stringify(kept)};\n${script}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const files = await boardFiles();
    const bytes = [...files.values()].reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
    if (bytes > MAX_GZIP_BYTES) {
        throw new Error(`the board has ${bytes} bytes (gzip); the budget is ${MAX_GZIP_BYTES}`);
    }
    for (const [name, text] of files) {
        const address = new URL(name, SERVED);
        if (!process.argv.includes("--check")) {
            await writeFile(address, text);
        } else if (text !== (await readFile(address, "utf8").catch(() => ""))) {
            console.error(`the committed ${name} of the board differs from client/board: run \`npm run build\` in client/ and commit it`);
            process.exit(1);
        }
    }
    console.log(`${[...files.keys()].join(", ")} of the board: ${bytes} bytes gzip`);
}
