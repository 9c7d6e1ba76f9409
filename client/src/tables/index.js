/**
 * Live queries and offline writes for PostgreSQL tables behind the bridge. It speaks the protocol of docs/protocol.md, "Tables", and
 * knows nothing of any framework.
 */
export { Tables } from "./tables.js";
export { Refused } from "./refused.js";
