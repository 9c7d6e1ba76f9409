/** `node test/board/build.js FOLDER` writes the board over tables in memory there: index.html shows it in any browser. */
import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [, , folder = ""] = process.argv;
const board = new URL("../../board/", import.meta.url);

await mkdir(folder, { recursive: true });
await build({ entryPoints: [fileURLToPath(new URL("page.js", import.meta.url))], bundle: true, outfile: `${folder}/board.js`, format: "esm", target: "es2022", charset: "utf8", logLevel: "warning" });
await Promise.all(["index.html", "board.css"].map((name) => copyFile(new URL(name, board), `${folder}/${name}`)));
