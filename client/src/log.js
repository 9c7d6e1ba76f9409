const SWITCH = "amanat.debug";

/**
 * Debugging is silent unless `localStorage["amanat.debug"]` is set; warnings always show, each text once.
 * Neither ever gets field values or tokens.
 *
 * @typedef {object} Log
 * @property {(...words: unknown[]) => void} debug
 * @property {(message: string) => void} warnOnce
 */

/**
 * @param {{storage?: Pick<Storage, "getItem">, sink?: Pick<Console, "debug" | "warn">}} [options]
 * @returns {Log}
 */
export function createLog({ storage = globalThis.localStorage, sink = console } = {}) {
    /** @type {Set<string>} */
    const said = new Set();
    return {
        debug: (...words) => {
            if (isDebugging(storage)) {
                sink.debug("[amanat]", ...words);
            }
        },
        warnOnce: (message) => {
            if (!said.has(message)) {
                said.add(message);
                sink.warn(`[amanat] ${message}`);
            }
        },
    };
}

/**
 * @param {Pick<Storage, "getItem"> | undefined} storage
 * @returns {boolean}
 */
export function isDebugging(storage = globalThis.localStorage) {
    try {
        return Boolean(storage?.getItem(SWITCH));
    } catch {
        return false; // a browser may forbid storage altogether
    }
}
