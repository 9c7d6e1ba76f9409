const SWITCH = "amanat.debug";

/**
 * Debugging is silent unless `localStorage["amanat.debug"]` is set. The first warning always shows; it says what an
 * admin needs to know, and any other is for those who debug. Neither ever gets field values or tokens.
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
    let warned = false;
    const debug = (/** @type {unknown[]} */ ...words) => {
        if (isDebugging(storage)) {
            sink.debug("[amanat]", ...words);
        }
    };
    return {
        debug,
        warnOnce: (message) => {
            if (warned) {
                debug(message);
            } else {
                warned = true;
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
