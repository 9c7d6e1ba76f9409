/**
 * What the client does after the connection was closed.
 *
 * - `reconnect`: come back with growing, jittered delay
 * - `renew`: come back with a new token
 * - `late`: come back, but not before half a minute
 * - `reload`: stop; this page is older than the server understands
 * - `stop`: stop; coming back would meet the same error
 *
 * @typedef {"reconnect" | "renew" | "late" | "reload" | "stop"} Advice
 */

/** @type {ReadonlyMap<number, Advice>} */
const ADVICE = new Map([
    [1002, "stop"],
    [1003, "stop"],
    [1007, "stop"],
    [1009, "stop"],
    [4000, "stop"],
    [4001, "renew"],
    [4003, "reload"],
    [4008, "reconnect"],
    [4029, "late"],
]);

/**
 * The table of docs/protocol.md. A code that is not in it (1001 going away, 1006 connection lost, a code of
 * a later server) is taken for an outage: the client comes back.
 *
 * @param {number} code
 * @returns {Advice}
 */
export function adviceFor(code) {
    return ADVICE.get(code) ?? "reconnect";
}
