import { SharedSocket } from "./shared_socket.js";

/**
 * Says which tabs share a worker: those whose tokens are of one database, user and login session, and that go to one bridge. A new login
 * never meets the worker of an older one.
 *
 * @param {string} token  a JWS of Odoo's; `sid` in it is a keyed digest
 * @param {string} url
 * @returns {string | undefined} undefined for a token that says no such thing
 */
export function workerName(token, url) {
    try {
        const claims = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
        const { iss, sub, sid } = JSON.parse(atob(claims));
        return iss && sub && sid ? `amanat ${iss} ${sub} ${sid} ${url}` : undefined;
    } catch {
        return undefined;
    }
}

/**
 * Opens WebSockets that the tabs of this browser share, and sockets of the tab's own where that cannot be.
 *
 * @param {string} script  address of the worker
 * @param {(url: string, protocol: string) => import("../ways.js").Wire} own
 * @returns {import("../environment.js").Environment["open"]}
 */
export function sharing(script, own) {
    let fit = "SharedWorker" in globalThis;
    return (url, protocol, token) => {
        const name = workerName(token, url);
        if (!fit || !name) {
            return own(url, protocol);
        }
        return new SharedSocket(url, {
            worker: () => new SharedWorker(script, { name }),
            instead: () => own(url, protocol),
            unfit: () => void (fit = false),
            locks: navigator.locks,
            page: globalThis,
        });
    };
}
