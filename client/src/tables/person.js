const KEY = "amanat.tables";

/** @typedef {{url: string, subject: string}} Person  a user of a bridge */

/**
 * @param {{token: string, url: string}} grant
 * @returns {Person}
 */
export function personOf({ token, url }) {
    const claims = atob((token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/"));
    const { sub } = JSON.parse(new TextDecoder().decode(Uint8Array.from(claims, (byte) => byte.charCodeAt(0))));
    return { url, subject: String(sub) };
}

/** @param {Person} person */
export function databaseOf({ url, subject }) {
    return `amanat ${url} ${subject}`;
}

/**
 * @param {Pick<Storage, "getItem"> | undefined} memory
 * @returns {Person | undefined} who used this device last, for a page that starts without a network
 */
export function lastPerson(memory) {
    try {
        return JSON.parse(memory?.getItem(KEY) ?? "null") ?? undefined;
    } catch {
        return undefined;
    }
}

/**
 * @param {Pick<Storage, "setItem" | "removeItem"> | undefined} memory
 * @param {Person | undefined} person  undefined: nobody
 */
export function rememberPerson(memory, person) {
    try {
        person ? memory?.setItem(KEY, JSON.stringify(person)) : memory?.removeItem(KEY);
    } catch {
        // a browser may forbid storage: then a page that starts without a network shows nothing
    }
}
