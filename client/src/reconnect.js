/** The longest delay after so many failures in a row: a restart is over in seconds, an outage is not. */
const LONGEST_MS = [500, 1000, 1000, 2000, 2000, 4000, 8000, 16_000, 30_000];
const LATE_DELAY_MS = 30_000;

/**
 * Delay before the next attempt: at once after the first failure, then later and later, and always spread, so that
 * browsers do not all come back in the same instant after a restart.
 *
 * @param {number} failures  attempts failed in a row, from 0
 * @param {() => number} [random]  a number in [0, 1)
 * @returns {number} milliseconds, from 0 to 30 s
 */
export function reconnectDelay(failures, random = Math.random) {
    const longest = LONGEST_MS[Math.min(failures, LONGEST_MS.length - 1)] ?? 0;
    return Math.round(longest * (failures ? 0.5 + random() / 2 : random()));
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
