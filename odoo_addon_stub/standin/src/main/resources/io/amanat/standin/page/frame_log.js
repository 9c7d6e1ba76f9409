import { bytes } from "./format.js";

// Shows what goes over the bridge's websocket, newest first; heartbeats are counted, not listed.
const KEPT = 40;
const QUIET = new Set(["heartbeat", "ping", "pong"]);

const CHANGES = {
    create: "a new record",
    enter: "a record came into sight",
    leave: "a record went out of sight",
    delete: "a record is gone",
};

const SUMMARIES = {
    hello: () => "this tab says who it is",
    watch: (frame) => `watch the ${frame.view} of ${frame.model}`,
    welcome: (frame) => `signed in as ${frame.user.name}`,
    ok: (frame) => (frame.feed === undefined ? "" : `the list is feed ${frame.feed}`),
    list_update: (frame) => `${frame.op}: ${CHANGES[frame.op] ?? frame.changed_fields.join(", ")}`,
    receipt: (frame) => `own ${frame.op} is committed; no values come back`,
    resumed: () => "everything missed has arrived",
    reset: (frame) => `${frame.reason}: read the list again`,
    bye: (frame) => frame.code,
    error: (frame) => frame.code,
};

export class FrameLog {
    #total = 0;
    #count = 0;

    /**
     * @param {HTMLElement} list
     * @param {HTMLElement} total
     */
    constructor(list, total) {
        this.list = list;
        this.total = total;
    }

    /** The browser as the client knows it, but for websockets: those are listened to. */
    environment() {
        return {
            open: (url, protocol) => {
                const socket = new WebSocket(url, protocol);
                const send = socket.send.bind(socket);
                socket.send = (text) => {
                    this.#note("↑", text);
                    send(text);
                };
                socket.addEventListener("message", ({ data }) => this.#note("↓", data));
                return socket;
            },
        };
    }

    #note(direction, text) {
        const size = new TextEncoder().encode(text).length;
        this.#total += size;
        this.#count += 1;
        this.total.textContent = `${this.#count} frames, ${bytes(this.#total)}`;
        const frame = JSON.parse(text);
        if (!QUIET.has(frame.type)) {
            this.list.prepend(entry(direction, size, frame));
            while (this.list.children.length > KEPT) {
                this.list.lastElementChild.remove();
            }
        }
    }
}

function entry(direction, size, frame) {
    const item = document.createElement("li");
    const details = item.appendChild(document.createElement("details"));
    details.classList.toggle("sent", direction === "↑");
    const summary = details.appendChild(document.createElement("summary"));
    for (const text of [direction, frame.type, bytes(size), SUMMARIES[frame.type]?.(frame) ?? ""]) {
        summary.appendChild(document.createElement("span")).textContent = text;
    }
    const shown = frame.token ? { ...frame, token: "…" } : frame;
    details.appendChild(document.createElement("pre")).textContent = JSON.stringify(shown, null, 2);
    return item;
}
