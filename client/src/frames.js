/**
 * Frames of the protocol `amanat.v1`; the contract is docs/protocol.md.
 *
 * @typedef {Record<string, unknown> & {id: number, display_name?: string}} RecordValues
 *
 * @typedef {object} DataFrame
 * @property {"list_update" | "form_update"} type
 * @property {number} feed
 * @property {number} offset
 * @property {string} model
 * @property {"create" | "update" | "enter"} op  `enter` came into sight; a view that shows it takes it for an update
 * @property {RecordValues[]} records
 * @property {string[]} changed_fields  empty but for `update`
 * @property {string[]} [reread]  fields whose value depends on who reads: ask Odoo
 * @property {{id: number, name: string}} [user]  who did it
 * @property {string} [at]
 * @property {boolean} [own]  this user did it, elsewhere
 *
 * @typedef {object} GoneFrame
 * @property {"list_update" | "form_update"} type
 * @property {number} feed
 * @property {number} offset
 * @property {string} model
 * @property {"leave" | "delete"} op  `leave` out of sight, whatever the reason; `delete` is gone
 * @property {{id: number}[]} records
 * @property {{id: number, name: string}} [user]  who deleted it
 * @property {string} [at]
 * @property {boolean} [own]
 *
 * @typedef {object} ConflictFrame  somebody changed what this tab edits
 * @property {"conflict"} type
 * @property {number} feed
 * @property {number} offset
 * @property {string} model
 * @property {number} id
 * @property {Record<string, {base?: unknown, theirs?: unknown}>} fields  what was written, as far as this user may read it
 * @property {string[]} [reread]  of these, what has to be read
 * @property {{id: number, name: string}} user
 * @property {string} at
 * @property {boolean} [own]  this user did it, in another tab
 *
 * @typedef {object} PresenceFrame
 * @property {"presence"} type
 * @property {number} feed
 * @property {string} model
 * @property {number} id
 * @property {{user: {id: number, name?: string}, editing?: string[]}[]} people
 * @property {number} [more]
 *
 * @typedef {object} ReceiptFrame
 * @property {"receipt"} type
 * @property {number} offset
 * @property {string} model
 * @property {"create" | "update" | "delete"} op
 * @property {number[]} ids
 *
 * @typedef {object} EventFrame
 * @property {"event"} type
 * @property {number} offset
 * @property {string} action
 * @property {string} model
 * @property {RecordValues[]} records
 * @property {string[]} [changed_fields]
 *
 * @typedef {object} WelcomeFrame
 * @property {"welcome"} type
 * @property {string} session
 * @property {string} epoch
 * @property {number} offset
 * @property {{id: number, name: string}} user
 * @property {{frame_bytes: number, watches: number, messages_per_second: number, touches?: number}} limits
 * @property {number} heartbeat_seconds
 * @property {number} token_expires_in
 * @property {boolean} [presence]  whether anybody is shown to anybody
 *
 * @typedef {{type: "ok", ref: string, feed?: number, offset?: number, filtered?: boolean, rights?: string,
 *     fields?: string[]}} OkFrame
 * @typedef {{type: "resumed", ref?: string, offset: number}} ResumedFrame
 * @typedef {{type: "error", ref?: string, code: string, message: string}} ErrorFrame
 * @typedef {object} ResetFrame
 * @property {"reset"} type
 * @property {number} feed
 * @property {number} offset
 * @property {string} reason
 * @property {number} [count]  with `user`, how many records that this user may read were changed at once
 * @property {{id: number, name: string}} [user]  who changed many at once
 *
 * @typedef {{type: "behind", feed: number, offset: number}} BehindFrame  what follows cannot be told before a reset
 * @typedef {{type: "heartbeat" | "pong", offset: number}} HeartbeatFrame
 * @typedef {{type: "bye", code: string, reason: string, reconnect_after: number | false}} ByeFrame
 *
 * @typedef {DataFrame | GoneFrame | ConflictFrame | PresenceFrame | ReceiptFrame | EventFrame | WelcomeFrame | OkFrame | ResumedFrame
 *     | ErrorFrame | ResetFrame | BehindFrame | HeartbeatFrame | ByeFrame} ServerFrame
 *
 * @typedef {object} WatchSpec
 * @property {"list" | "form"} view
 * @property {string} model
 * @property {number} [id]
 * @property {string[]} [fields]
 * @property {unknown[]} [domain]  of a list: the view's own, in Odoo's prefix form
 * @property {string} [order]  of a list: as Odoo writes it
 * @property {number[]} [companies]
 * @property {boolean} [presence]  whether to hear who else is there
 */

/** The WebSocket subprotocol this client speaks. */
export const SUBPROTOCOL = "amanat.v1";
/** The same for several tabs of one browser on one socket. */
export const SHARED_SUBPROTOCOL = "amanat.v1.shared";
/** How a page and its worker talk: a page whose worker says another number, having come from another version, shares nothing. */
export const TALK = 1;

/**
 * @param {unknown} text
 * @returns {ServerFrame | undefined} nothing when it is not a JSON object with a type
 */
export function parseFrame(text) {
    try {
        const frame = JSON.parse(String(text));
        return typeof frame?.type === "string" ? frame : undefined;
    } catch {
        return undefined;
    }
}

/**
 * What may be logged about a frame: no values, no tokens.
 *
 * @param {any} frame
 * @returns {string}
 */
export function describeFrame(frame) {
    const ids = frame.ids ?? frame.records?.map((/** @type {{id: number}} */ record) => record.id);
    const words = [frame.type, frame.ref, frame.model, frame.op ?? frame.action, frame.code ?? frame.reason];
    const marks = [ids && `ids ${ids}`, frame.feed && `feed ${frame.feed}`, `offset ${frame.offset ?? "-"}`];
    return [...words, frame.own && "own", ...marks].filter(Boolean).join(" ");
}
