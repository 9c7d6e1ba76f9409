import { StreamSocket } from "./stream.js";
import { followWakes, isHidden } from "./wakes.js";

/**
 * What the client needs from the world around it; tests bring their own.
 *
 * @typedef {object} Environment
 * @property {(url: string, protocol: string, token: string) => import("./ways.js").Wire} open  of whoever this token names
 * @property {(url: string) => import("./ways.js").Wire} stream  the same where a proxy lets no WebSocket through
 * @property {Pick<Storage, "getItem" | "setItem"> | undefined} storage  remembers for this tab which of the two it was
 * @property {() => number} now  milliseconds
 * @property {(callback: () => void, delayMs: number) => unknown} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} random  a number in [0, 1)
 * @property {(woke: () => void, hid: () => void) => void} followWakes  calls back whenever the page may have slept, and
 *     when nobody looks at it any more
 * @property {() => boolean} isHidden  whether nobody looks
 * @property {() => boolean} isPhone  whether this is a phone or tablet: nothing but a finger points at it
 */

/** @returns {Omit<Environment, "open">} */
export function browserWorld() {
    return {
        stream: (url) => new StreamSocket(url, (input, init) => fetch(input, init)),
        storage: tabStorage(),
        now: () => Date.now(),
        setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
        clearTimeout: (timer) => clearTimeout(timer),
        random: Math.random,
        followWakes,
        isHidden,
        isPhone: () => globalThis.matchMedia?.("(hover: none) and (pointer: coarse)").matches ?? false,
    };
}

function tabStorage() {
    try {
        return globalThis.sessionStorage;
    } catch {
        return undefined; // a browser may forbid storage altogether
    }
}
