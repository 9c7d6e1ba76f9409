const FIRST_DELAY_MS = 1000;
const MAX_DELAY_MS = 30_000;
const LATE_DELAY_MS = 30_000;

/**
 * Delay before the next attempt: exponential with full jitter, so that browsers
 * do not all come back in the same instant after a restart.
 *
 * @param {number} failures  attempts failed in a row, from 0
 * @param {() => number} [random]  a number in [0, 1)
 * @returns {number} milliseconds, from 0 to 30 s
 */
export function reconnectDelay(failures, random = Math.random) {
    return Math.round(random() * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** failures));
}

/**
 * Delay for a client that was told it is too many, or whose fresh token was refused again.
 *
 * @param {() => number} [random]  a number in [0, 1)
 * @returns {number} milliseconds, from 30 s to 60 s
 */
export function lateDelay(random = Math.random) {
    return LATE_DELAY_MS + Math.round(random() * LATE_DELAY_MS);
}
