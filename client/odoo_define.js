/** Turns a bundled ES module into what Odoo's module loader takes: `odoo.define(name, dependencies, factory)`. */

const IMPORT = /^import (?:(\{[^}]*\}) from )?"([^"]+)";\n/gm;
const EXPORT = /^export (\{[^}]*\});\s*$/m;

/**
 * @param {string} name  of the module
 * @param {string} text  as esbuild writes it: each import begins a line, and one list of exports is at the end
 * @param {(path: string) => string} resolve  the name under which Odoo knows what is imported
 */
export function asOdooModule(name, text, resolve) {
    /** @type {Map<string, string[]>} */
    const imports = new Map();
    const body = text.replace(IMPORT, (_statement, names, path) => {
        const module = resolve(path);
        imports.set(module, [...(imports.get(module) ?? []), ...(names ? pairs(names, (imported, local) => `${imported}: ${local}`) : [])]);
        return "";
    });
    const requires = [...imports].filter(([, names]) => names.length);
    const consts = requires.map(([module, names]) => `const { ${names.join(", ")} } = require(${JSON.stringify(module)});`);
    const exports = EXPORT.exec(body)?.[1] ?? "{}";
    const answer = `return { ${pairs(exports, (local, exported) => `${exported}: ${local}`).join(", ")} };`;
    const factory = ['"use strict";', ...consts, body.replace(EXPORT, ""), answer].join("\n");
    return `odoo.define(${JSON.stringify(name)}, ${JSON.stringify([...imports.keys()])}, function (require) {\n${factory}\n});\n`;
}

/**
 * @param {string} list  as in `{ a, b as c }`
 * @param {(name: string, as: string) => string} pair
 */
function pairs(list, pair) {
    const names = list.slice(1, -1).split(",").map((name) => name.trim()).filter(Boolean);
    return names.map((name) => {
        const [from = "", to = from] = name.split(/\s+as\s+/);
        return pair(from, to);
    });
}
