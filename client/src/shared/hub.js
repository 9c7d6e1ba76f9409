import { SHARED_SUBPROTOCOL, SUBPROTOCOL } from "../frames.js";

/** How long a socket may take to open: tabs that join it would keep it from ever being given up. */
const OPEN_MS = 20_000;
/** How long the bridge may say nothing at all when it is to open one more lane, before the socket counts as dead. */
const ANSWER_MS = 5000;
/** More than any bridge hears, in characters: whoever says it would cost all tabs their socket. */
const TOO_LONG = 1024 * 1024;
/** What a tab may leave unheard before it is asked whether it still listens. */
const MUCH = 2_000_000;
/** A tab that leaves more unheard is cut off: it comes back when it is awake, and catches up. */
const TOO_MUCH = 4 * MUCH;
/** What browsers say of a connection that ended without a word. */
const LOST = 1006;
const TOO_BIG = 1009;

/**
 * What the hub needs of the worker it runs in.
 *
 * @typedef {object} HubWorld
 * @property {(url: string, protocols: string[]) => WebSocket} open
 * @property {(name: string, freed: () => void) => void} whenFree  calls back when nobody holds this lock any more
 * @property {(callback: () => void, delayMs: number) => unknown} setTimeout
 * @property {(timer: any) => void} clearTimeout
 *
 * @typedef {Pick<MessagePort, "postMessage" | "close"> & {onmessage: any}} Port
 *
 * @typedef {object} Tab
 * @property {Port} port
 * @property {number} lane  its number on the socket
 * @property {boolean} locked  whether a lock says that it lives
 * @property {boolean} missed  whether it owes the bridge a sign of life
 * @property {number} unheard  how much was said to it since it last answered
 * @property {unknown} timer
 */

/**
 * One WebSocket for all tabs of one login in this browser. Each tab has a lane on it (docs/protocol.md) and says and hears what it
 * would over a socket of its own; nothing of what is said is understood here. A text from or to a tab is a frame, `""` asks for
 * a sign of life and is one; an object is about the connection.
 */
export class Hub {
    /** @type {Map<number, Tab>} */
    #tabs = new Map();
    /** @type {WebSocket | undefined} */
    #socket;
    #url = "";
    #newest = 0;
    /** Whether this worker has ever come through. */
    #known = false;
    /** Messages of the bridge so far. */
    #messages = 0;

    /** @param {HubWorld} world */
    constructor(world) {
        this.world = world;
    }

    /**
     * A page has come, and says where to.
     *
     * @param {Port} port
     */
    connect(port) {
        port.onmessage = (/** @type {{data: {url: string, lock?: string}}} */ { data }) => this.#come(port, data);
    }

    /**
     * @param {Port} port
     * @param {{url: string, lock?: string}} wanted
     */
    #come(port, { url, lock }) {
        if (!url) {
            port.close(); // it has changed its mind
            return;
        }
        if (this.#socket && url !== this.#url) {
            port.postMessage({ refused: "this worker goes elsewhere" });
            return;
        }
        this.#newest = this.#socket ? this.#newest + 1 : 1;
        /** @type {Tab} */
        const tab = { port, lane: this.#newest, locked: Boolean(lock), missed: false, unheard: 0, timer: undefined };
        this.#tabs.set(tab.lane, tab);
        port.onmessage = (/** @type {MessageEvent} */ { data }) => this.#heard(tab, data);
        if (!this.#socket) {
            this.#open(url);
        } else if (this.#socket.readyState === 1) {
            this.#ask(tab);
        }
        if (lock) {
            this.world.whenFree(lock, () => this.#gone(tab));
        }
    }

    /** @param {string} url */
    #open(url) {
        this.#url = url;
        try {
            const socket = this.world.open(url, [SHARED_SUBPROTOCOL, SUBPROTOCOL]);
            const current = () => this.#socket === socket;
            socket.onopen = () => current() && this.#opened(socket.protocol);
            socket.onmessage = ({ data }) => current() && this.#said(data);
            socket.onclose = ({ code, reason }) => current() && this.#lost({ close: code, reason, ofAll: true, known: this.#known });
            // Chromium does not close what a Content-Security-Policy forbids
            socket.onerror = () => current() && this.#lost({ close: LOST, reason: "", known: this.#known });
            this.#socket = socket;
            this.world.setTimeout(() => current() && !socket.readyState && this.#lost({ close: LOST, reason: "" }), OPEN_MS);
        } catch (error) {
            this.#lost({ refused: String(error) });
        }
    }

    /** @param {string} protocol  an older bridge has no lanes */
    #opened(protocol) {
        this.#known = true;
        if (protocol !== SHARED_SUBPROTOCOL) {
            this.#lost({ refused: "the bridge has no shared sockets" });
            return;
        }
        for (const tab of this.#tabs.values()) {
            if (tab.lane === 1) {
                tab.port.postMessage({ open: true });
            } else {
                this.#ask(tab);
            }
        }
        if (!this.#tabs.has(1)) {
            this.#socket?.send("1 close");
        }
    }

    /** @param {Tab} tab */
    #ask(tab) {
        this.#socket?.send(`${tab.lane} open`);
        const before = this.#messages;
        const judge = () => this.#messages === before && this.#lost({ close: LOST, reason: "" });
        tab.timer = this.world.setTimeout(judge, ANSWER_MS);
    }

    /** @param {string} message  of the bridge */
    #said(message) {
        this.#messages++;
        const gap = message.indexOf(" ");
        const tab = this.#tabs.get(Number(message.slice(0, gap)));
        const text = message.slice(gap + 1);
        if (!tab) {
            return; // it has just gone
        }
        if (text === "") {
            this.#pinged(tab);
        } else if (text === "open") {
            this.world.clearTimeout(tab.timer);
            tab.port.postMessage({ open: true });
        } else if (text.startsWith("close ")) {
            const [, code, ...reason] = text.split(" ");
            this.#end(tab, { close: Number(code), reason: reason.join(" ") });
        } else {
            this.#pass(tab, text);
        }
    }

    /** @param {Tab} tab */
    #pinged(tab) {
        if (tab.locked) {
            this.#socket?.send(`${tab.lane} `);
        } else if (tab.missed) {
            this.#gone(tab);
        } else {
            tab.missed = true;
            tab.port.postMessage("");
        }
    }

    /**
     * @param {Tab} tab
     * @param {string} text
     */
    #pass(tab, text) {
        const before = tab.unheard;
        tab.unheard += text.length;
        tab.port.postMessage(text);
        if (tab.unheard > TOO_MUCH) {
            this.#gone(tab);
        } else if (before <= MUCH && tab.unheard > MUCH) {
            tab.port.postMessage("");
        }
    }

    /**
     * @param {Tab} tab
     * @param {string | {close: true}} data
     */
    #heard(tab, data) {
        if (typeof data === "object") {
            this.#gone(tab);
        } else if (data.length > TOO_LONG) {
            this.#gone(tab, { close: TOO_BIG, reason: "too long for any bridge" });
        } else if (this.#tabs.get(tab.lane) === tab && this.#socket?.readyState === 1) {
            if (data === "") {
                tab.missed = false;
                tab.unheard = 0;
            }
            this.#socket.send(`${tab.lane} ${data}`);
        }
    }

    /**
     * @param {Tab} tab  which does not live any more, or may not go on
     * @param {object} [why]
     */
    #gone(tab, why = { close: LOST, reason: "" }) {
        if (this.#tabs.get(tab.lane) === tab) {
            this.#end(tab, why);
            if (this.#socket?.readyState === 1) {
                this.#socket.send(`${tab.lane} close`);
            }
        }
    }

    /**
     * @param {Tab} tab
     * @param {object} why
     */
    #end(tab, why) {
        this.#tabs.delete(tab.lane);
        this.world.clearTimeout(tab.timer);
        tab.port.postMessage(why);
        tab.port.close();
        if (!this.#tabs.size) {
            this.#socket?.close();
            this.#socket = undefined;
        }
    }

    /** @param {object} why */
    #lost(why) {
        const tabs = [...this.#tabs.values()];
        this.#socket?.close();
        this.#socket = undefined;
        tabs.forEach((tab) => this.#end(tab, why));
    }
}
