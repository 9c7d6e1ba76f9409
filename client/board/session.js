/** Who uses the board: from the demo's list of people, or whoever the configured address has a token for. */
import { keep, kept } from "./preferences.js";

/** @typedef {{id: string, name: string, branch: string, branch_id?: string, color?: string}} Person */
/** @typedef {{bridge: string, people?: string, token?: string}} Config */
/** @typedef {{token: string, url: string, expires_in: number}} Grant */
/** @typedef {{config: Config, people: Person[], me?: Person}} Session  people and who of them this is: in the demo */

/** In the address of the page: who I am in this window. */
const PARAMETER = "as";

/** How long a page that starts waits for the network, if it knows already what it asks for. */
const PATIENCE_MS = 1000;
const CONFIG = "config";
const PERSON = "person ";
const SIGNED_OUT = new Set([401, 403]);

/** @param {string} address @param {AbortSignal} [signal] */
function ask(address, signal) {
    return fetch(address, { cache: "no-store", credentials: "same-origin", signal });
}

/** @param {Response} response @returns {Promise<any>} */
async function read(response) {
    if (!response.ok) {
        throw new Error(`${response.url} answered ${response.status}`);
    }
    return response.json();
}

/** @param {string} address @param {AbortSignal} [signal] @returns {Promise<any>} */
async function json(address, signal) {
    return read(await ask(address, signal));
}

/** @returns {Promise<Session>} without a network, as far as this device knows */
export async function readSession() {
    const last = kept(CONFIG);
    const signal = last ? AbortSignal.timeout(PATIENCE_MS) : undefined;
    try {
        /** @type {Config} */
        const config = await json("/board/config.json", signal);
        const people = await readPeople(config, signal);
        const me = people.find(({ id }) => id === named());
        remember(config, me);
        return { config, people, me };
    } catch (problem) {
        if (!last) {
            throw problem;
        }
        const config = /** @type {Config} */ (JSON.parse(last));
        const me = config.people ? kept(PERSON + named()) : "";
        return { config, people: [], ...(me && { me: JSON.parse(me) }) };
    }
}

/** What a start without a network needs; no token. @param {Config} config @param {Person | undefined} me */
function remember({ bridge, people, token }, me) {
    keep(CONFIG, JSON.stringify({ bridge, people, token }));
    if (me) {
        const { id, name, branch, branch_id, color } = me;
        keep(PERSON + id, JSON.stringify({ id, name, branch, branch_id, color }));
    }
}

/** @param {Config} config @param {AbortSignal} [signal] @returns {Promise<(Person & Grant)[]>} */
async function readPeople(config, signal) {
    return config.people ? json(config.people, signal) : [];
}

/** Whom the address names. */
function named() {
    return new URL(location.href).searchParams.get(PARAMETER);
}

/**
 * Where a window remembers who was here last. A window of the demo is one person's: without a network it shows what was kept of
 * that person, and of nobody else.
 *
 * @param {string | undefined} id of a person of the demo
 * @returns {Pick<Storage, "getItem" | "setItem" | "removeItem">}
 */
export function memoryOf(id) {
    const nameOf = (/** @type {string} */ key) => (id ? `${key} ${id}` : key);
    return {
        getItem: (key) => localStorage.getItem(nameOf(key)),
        setItem: (key, value) => localStorage.setItem(nameOf(key), value),
        removeItem: (key) => localStorage.removeItem(nameOf(key)),
    };
}

/** @param {string} id @returns {string} */
export function addressOf(id) {
    const address = new URL(location.href);
    address.searchParams.set(PARAMETER, id);
    return address.href;
}

/** @param {string} bridge as configured; relative to this page @param {string} page */
export function bridgeAddress(bridge, page) {
    return new URL(bridge, page).href.replace(/^http/, "ws");
}

/**
 * What brings fresh tokens of one person; false: there are none, since nobody is signed in.
 *
 * @param {Config} config
 * @param {string | undefined} id of a person of the demo
 * @returns {() => Promise<Grant | false>}
 */
export function tokens(config, id) {
    const url = bridgeAddress(config.bridge, location.href);
    return async () => {
        const grant = id ? (await readPeople(config)).find((each) => each.id === id) : await own(/** @type {string} */ (config.token));
        return grant ? { token: grant.token, url, expires_in: grant.expires_in } : false;
    };
}

/** @param {string} address @returns {Promise<Grant | undefined>} */
async function own(address) {
    const response = await ask(address);
    return SIGNED_OUT.has(response.status) ? undefined : read(response);
}
