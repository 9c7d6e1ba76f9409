import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const SOURCES = new URL("../../../odoo_addon_stub/19.0/amanat_realtime/static/src/", import.meta.url);

/**
 * Imports a module of the add-on. It is bundled first, since the folder says nothing that would make Node take its
 * files for ES modules.
 *
 * @param {string} name
 * @param {Record<string, string>} [odoo]  the sources of what it imports of Odoo, as much as is needed of each
 * @returns {Promise<any>}
 */
export async function odooModule(name, odoo = {}) {
    const { outputFiles } = await build({
        entryPoints: [fileURLToPath(new URL(name, SOURCES))],
        bundle: true,
        format: "esm",
        write: false,
        plugins: [standingIn(odoo)],
    });
    const text = outputFiles[0]?.text ?? "";
    return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}

/** @returns {import("esbuild").Plugin} */
function standingIn(/** @type {Record<string, string>} */ odoo) {
    return {
        name: "odoo",
        setup({ onResolve, onLoad }) {
            onResolve({ filter: /^@(web|odoo)\// }, ({ path }) => ({ path, namespace: "odoo" }));
            onLoad({ filter: /.*/, namespace: "odoo" }, ({ path }) => ({ contents: odoo[path], resolveDir: fileURLToPath(SOURCES) }));
        },
    };
}
