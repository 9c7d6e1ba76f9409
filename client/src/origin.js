const BYTES = 16;

/**
 * A name for this tab: 128 random bits, so that nobody can guess another tab's name. It goes into `hello`
 * and into the header `X-Amanat-Origin` of the tab's own requests, and is how its own changes come back
 * as a receipt instead of data.
 *
 * @param {Pick<Crypto, "getRandomValues">} [source]
 * @returns {string} 32 lower-case hexadecimal digits
 */
export function newOrigin(source = globalThis.crypto) {
    const bytes = source.getRandomValues(new Uint8Array(BYTES));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
