/**
 * The browser client of Amanat Realtime. It speaks the protocol of docs/protocol.md and knows nothing of
 * any framework: it says what changed, the page decides how to draw it.
 */
export { Client } from "./client.js";
export { newOrigin } from "./origin.js";
export { createLog } from "./log.js";
export { reconnectDelay } from "./reconnect.js";
