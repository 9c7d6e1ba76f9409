import { sharing } from "./shared/sharing.js";
import { browserWorld } from "./world.js";

/** @typedef {import("./world.js").Environment} Environment */

/** The worker's script is kept by browsers for days: another one has another address. */
const VERSION = /** @type {any} */ (globalThis).AMANAT_WORKER;

/**
 * @param {string} [worker]  address of the worker's script; without it every tab has a socket of its own
 * @returns {Environment}
 */
export function browserEnvironment(worker) {
    const own = (/** @type {string} */ url, /** @type {string} */ protocol) => new WebSocket(url, protocol);
    return { open: worker ? sharing(`${worker}?v=${VERSION}`, own) : own, ...browserWorld() };
}
