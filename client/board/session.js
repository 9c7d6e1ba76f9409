/** Who uses the board: from the demo's list of people, or whoever the configured address has a token for. */

/** @typedef {{id: string, name: string, branch: string, branch_id?: string, color?: string, token: string, expires_in: number}} Person */
/** @typedef {{bridge: string, people?: string, token?: string}} Config */
/** @typedef {{token: string, url: string, expires_in: number}} Grant */

/** In the address of the page: who I am in this window. */
const PARAMETER = "as";

/** @param {string} address @returns {Promise<any>} */
async function json(address) {
    const response = await fetch(address, { cache: "no-store", credentials: "same-origin" });
    if (!response.ok) {
        throw new Error(`${address} answered ${response.status}`);
    }
    return response.json();
}

/** @returns {Promise<Config>} */
export async function readConfig() {
    return json("/board/config.json");
}

/** @param {Config} config @returns {Promise<Person[]>} */
export async function readPeople(config) {
    return config.people ? json(config.people) : [];
}

/** @param {readonly Person[]} people @returns {Person | undefined} whom the address names */
export function chosen(people) {
    const id = new URL(location.href).searchParams.get(PARAMETER);
    return people.find((person) => person.id === id);
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
 * What brings fresh tokens of one person.
 *
 * @param {Config} config
 * @param {string | undefined} id of a person of the demo
 * @returns {() => Promise<Grant>}
 */
export function tokens(config, id) {
    const url = bridgeAddress(config.bridge, location.href);
    return async () => {
        const { token, expires_in } = id ? await ofPerson(config, id) : await json(/** @type {string} */ (config.token));
        return { token, url, expires_in };
    };
}

/** @param {Config} config @param {string} id */
async function ofPerson(config, id) {
    const person = (await readPeople(config)).find((each) => each.id === id);
    if (!person) {
        throw new Error("this person is no longer in the list");
    }
    return person;
}
