import { browserWorld } from "../world.js";

/** A page that nobody looks at draws no frames. */
const HIDDEN_FRAME_MS = 250;

/**
 * What tables need from the world around them besides what a connection needs.
 *
 * @typedef {object} TablesWorld
 * @property {IDBFactory} indexedDB
 * @property {Pick<LockManager, "request"> | undefined} locks  only where the page came over https or from this machine
 * @property {(name: string) => Channel | undefined} channel  to the other pages of this browser
 * @property {(callback: () => void) => void} frame  calls back when the next picture is due
 * @property {(left: () => void) => void} followLeaves  calls back when the page may be gone in a moment
 * @property {() => string} uuid
 * @property {Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined} memory  for the next page
 *
 * @typedef {Pick<BroadcastChannel, "postMessage" | "close"> & {onmessage: any}} Channel
 *
 * @typedef {import("../world.js").Environment & TablesWorld} TablesEnvironment
 */

/** @returns {TablesEnvironment} */
export function tablesEnvironment() {
    const world = browserWorld();
    return {
        ...world,
        open: (url, protocol) => new WebSocket(url, protocol),
        indexedDB: globalThis.indexedDB,
        locks: globalThis.navigator?.locks,
        channel: (name) => (globalThis.BroadcastChannel ? new BroadcastChannel(name) : undefined),
        frame: (callback) => void (world.isHidden() ? setTimeout(callback, HIDDEN_FRAME_MS) : requestAnimationFrame(callback)),
        followLeaves: (left) => globalThis.addEventListener?.("pagehide", left),
        uuid,
        memory: deviceStorage(),
    };
}

/** As crypto.randomUUID, which browsers have over https only. */
export function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function deviceStorage() {
    try {
        return globalThis.localStorage;
    } catch {
        return undefined; // a browser may forbid storage altogether
    }
}
