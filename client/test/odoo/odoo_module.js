import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const SOURCES = new URL("../../../odoo_addon_stub/19.0/amanat_realtime/static/src/", import.meta.url);

/**
 * Imports a module of the add-on that needs nothing of Odoo. It is bundled first, since the folder says nothing
 * that would make Node take its files for ES modules.
 *
 * @param {string} name
 * @returns {Promise<any>}
 */
export async function odooModule(name) {
    const { outputFiles } = await build({
        entryPoints: [fileURLToPath(new URL(name, SOURCES))],
        bundle: true,
        format: "esm",
        write: false,
    });
    const text = outputFiles[0]?.text ?? "";
    return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}
