/** Attempts in a row that met silence, after which the other way is tried as well. */
const MOST_SILENT = 2;
/** The same once a WebSocket has come through to this page: it is more likely that the bridge is away. */
const MOST_SILENT_KNOWN = 5;
/** For how long a page does not try a WebSocket first. */
const STREAM_MS = 10 * 60_000;
const KEY = "amanat.stream_until";

/**
 * What the client needs of a WebSocket.
 *
 * @typedef {Pick<WebSocket, "readyState" | "send" | "close"> & {onopen: any, onmessage: any, onclose: any, onerror: any}} Wire
 */

/**
 * Which way leads to the bridge: a WebSocket, or a streamed response where a proxy lets none through. The other way is
 * taken when it works in the moment in which the first does not: a bridge that is away answers on neither.
 */
export class Ways {
    /** @type {"socket" | "stream"} */
    #way = "socket";
    /** Whether this attempt is the second one of its moment. */
    #second = false;
    #silent = 0;
    #known = false;

    /** @param {import("./environment.js").Environment} environment */
    constructor(environment) {
        this.environment = environment;
        this.streamUntil = Number(read(environment.storage)) || 0;
    }

    get streamsFirst() {
        return this.environment.now() < this.streamUntil;
    }

    /** Whether the last wire is a stream: over HTTP/1.1 it holds one of the six connections that a browser opens to a host. */
    get streams() {
        return this.#way === "stream";
    }

    /**
     * @param {import("./grants.js").Grant} grant
     * @param {string} protocol
     * @returns {Wire}
     */
    open({ url, token }, protocol) {
        if (!this.#second) {
            this.#way = this.streamsFirst ? "stream" : "socket";
        }
        return this.#way === "stream" ? this.environment.stream(url) : this.environment.open(url, protocol, token);
    }

    /** The bridge has spoken. */
    heard() {
        this.#known = this.#way === "socket";
        this.#silent = this.#known ? 0 : MOST_SILENT - 1;
        if (this.#second) {
            this.#keep(this.#known ? 0 : this.environment.now() + STREAM_MS);
        }
        this.#second = false;
    }

    /**
     * An attempt ended before the bridge had said anything.
     *
     * @returns {boolean} whether the other way is to be tried at once
     */
    silent() {
        const most = this.#known ? MOST_SILENT_KNOWN : MOST_SILENT;
        this.#second = !this.#second && ++this.#silent >= most;
        if (this.#second) {
            this.#way = this.#way === "stream" ? "socket" : "stream";
        }
        return this.#second;
    }

    /** @param {number} until */
    #keep(until) {
        this.streamUntil = until;
        try {
            this.environment.storage?.setItem(KEY, String(until));
        } catch {
            // a browser may forbid storage: then the next page finds out by itself
        }
    }
}

/** @param {Pick<Storage, "getItem"> | undefined} storage */
function read(storage) {
    try {
        return storage?.getItem(KEY);
    } catch {
        return undefined;
    }
}
