import { followWakes } from "./wakes.js";

/**
 * What the client needs from the world around it; tests bring their own.
 *
 * @typedef {object} Environment
 * @property {(url: string, protocol: string) => WebSocket} open
 * @property {() => number} now  milliseconds
 * @property {(callback: () => void, delayMs: number) => unknown} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} random  a number in [0, 1)
 * @property {(woke: () => void) => void} followWakes  calls back whenever the page may have slept
 */

/** @returns {Environment} */
export function browserEnvironment() {
    return {
        open: (url, protocol) => new WebSocket(url, protocol),
        now: () => Date.now(),
        setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
        clearTimeout: (timer) => clearTimeout(timer),
        random: Math.random,
        followWakes,
    };
}
