/**
 * What the page's service worker does: it keeps the page's own files on this device, so that the board starts without a network.
 * Nothing else passes through it: no data, no token, no connection.
 *
 * The network comes first for the page itself, so that whatever was mended reaches everybody with their next load; what is kept
 * answers when the network does not. The page names its files by their hashes, so both are of one version.
 */

/** A page that starts waits no longer than this for an answer, if it can do without. */
const PATIENCE_MS = 3000;
const PREFIX = "amanat board ";
/** Answers from here on say that whoever should answer is away. */
const AWAY = 500;

/**
 * @typedef {{address: string, hash: string}} OwnFile  the address relative to the page's, and the beginning of its SHA-256
 *
 * @typedef {object} OfflineWorld
 * @property {string} page  its address
 * @property {Pick<CacheStorage, "open" | "keys" | "delete">} caches
 * @property {(request: Request | string, init?: RequestInit) => Promise<Response>} fetch
 * @property {(callback: () => void, delayMs: number) => unknown} setTimeout
 */

export class Offline {
    /**
     * @param {string} version
     * @param {readonly OwnFile[]} files
     * @param {OfflineWorld} world
     */
    constructor(version, files, world) {
        this.name = PREFIX + version;
        this.files = new Map(files.map(({ address, hash }) => [new URL(address, world.page).href, hash]));
        this.world = world;
    }

    /** Takes this version whole, or nothing of it. */
    async install() {
        const { caches } = this.world;
        const answers = await Promise.all([...this.files].map(([address, hash]) => this.#fetch(address, hash)));
        const cache = await caches.open(this.name);
        try {
            await Promise.all(answers.map(([address, answer]) => cache.put(address, answer)));
        } catch (problem) {
            await caches.delete(this.name);
            throw problem;
        }
    }

    /** Removes every other version. */
    async activate() {
        const { caches } = this.world;
        const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== this.name);
        await Promise.all(others.map((name) => caches.delete(name)));
    }

    /**
     * @param {Pick<Request, "method" | "mode" | "url">} request
     * @returns {Promise<Response> | undefined} undefined: this is none of its business
     */
    answer(request) {
        const { origin, pathname } = new URL(request.url);
        const { page } = this.world;
        if (request.method !== "GET") {
            return undefined;
        }
        if (request.mode === "navigate") {
            return [page, `${page}index.html`].includes(origin + pathname) ? this.#page(/** @type {Request} */ (request)) : undefined;
        }
        return this.files.has(request.url) ? this.#file(/** @type {Request} */ (request)) : undefined;
    }

    /** @param {Request} request */
    async #page(request) {
        const kept = await this.#kept(this.world.page);
        const asked = this.world.fetch(request);
        if (!kept) {
            return asked;
        }
        const late = new Promise((resolve) => void this.world.setTimeout(() => resolve(kept), PATIENCE_MS));
        const answered = asked.then((answer) => (answer.status < AWAY ? answer : kept)).catch(() => kept);
        return /** @type {Promise<Response>} */ (Promise.race([answered, late]));
    }

    /** @param {Request} request */
    async #file(request) {
        return (await this.#kept(request.url)) ?? this.world.fetch(request);
    }

    /** @param {string} address */
    async #kept(address) {
        const cache = await this.world.caches.open(this.name);
        return cache.match(address);
    }

    /**
     * @param {string} address
     * @param {string} hash
     * @returns {Promise<[string, Response]>}
     */
    async #fetch(address, hash) {
        const answer = await this.world.fetch(address, { cache: "no-cache" });
        const found = await hashOf(await answer.clone().arrayBuffer());
        if (!answer.ok || !found.startsWith(hash)) {
            throw new Error(`${address} is of another version`);
        }
        return [address, answer];
    }
}

/** @param {ArrayBuffer} bytes */
async function hashOf(bytes) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
