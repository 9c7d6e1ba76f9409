import { adviceFor } from "../close_codes.js";
import { TALK } from "../frames.js";
import { newOrigin } from "../origin.js";
import { holdLock, whenFree } from "./locks.js";

/** How long a worker may take to start. */
const START_MS = 10_000;
const LOST = 1006;
/** The bridge says that the shared socket is another login's. */
const OTHER_LOGIN = 4009;

/**
 * What a shared socket needs of the page.
 *
 * @typedef {object} PageWorld
 * @property {() => SharedWorker} worker  starts it, or meets the one that runs; may throw
 * @property {() => import("../ways.js").Wire} instead  a WebSocket of this tab's own
 * @property {() => void} unfit  this page shall not try a worker again
 * @property {Pick<LockManager, "request"> | undefined} locks
 * @property {Pick<EventTarget, "addEventListener" | "removeEventListener">} page
 */

/**
 * This tab's part of a WebSocket that the tabs of this browser share (hub.js). It looks like a WebSocket of its own to whoever uses it,
 * and becomes one when no worker can be had.
 */
export class SharedSocket {
    /** @type {WebSocket["readyState"]} */
    #state = 0;
    onopen = () => {};
    /** @type {(event: {data: string}) => void} */
    onmessage = () => {};
    /** @type {(event: {code: number, reason: string}) => void} */
    onclose = () => {};
    onerror = () => {};
    /** @type {import("../ways.js").Wire | undefined} */
    #own;
    /** @type {MessagePort | undefined} */
    #port;
    /** @type {unknown} */
    #timer;
    #release = () => {};
    #waitNoLonger = () => {};
    #leave = () => this.close();

    /**
     * @param {string} url
     * @param {PageWorld} world
     */
    constructor(url, world) {
        this.url = url;
        this.world = world;
        this.#timer = setTimeout(() => this.#instead(), START_MS);
        try {
            const worker = world.worker();
            worker.onerror = () => this.#instead();
            this.#port = worker.port;
            this.#port.onmessage = ({ data }) => this.#heard(data);
        } catch {
            queueMicrotask(() => this.#instead());
        }
        world.page.addEventListener("pagehide", this.#leave);
    }

    get readyState() {
        return this.#own?.readyState ?? this.#state;
    }

    /** @param {string} text  one frame */
    send(text) {
        if (this.#own) {
            this.#own.send(text);
        } else if (this.#state === 1) {
            this.#port?.postMessage(text);
        }
    }

    /** As a WebSocket that is left: nothing it still says is heard. */
    close() {
        this.#own?.close();
        this.#detach({ close: true });
        this.#state = 3;
    }

    /** @param {any} data */
    #heard(data) {
        if (data === "") {
            this.#port?.postMessage("");
        } else if (typeof data === "string") {
            this.onmessage({ data });
        } else if (data.here === TALK) {
            this.#come(data.lock);
        } else if (data.open) {
            this.#state = 1;
            this.onopen();
        } else if (data.refused || data.here) {
            this.#instead();
        } else if (data.known === false) {
            this.#goAlone(() => this.world.unfit()); // a worker may be forbidden what its page is not
        } else if (data.ofAll && adviceFor(data.close) === "stop") {
            this.world.unfit(); // it need not have been this tab
            this.#end(LOST, "");
        } else {
            this.#end(data.close, data.reason);
        }
    }

    /** @param {string} [life]  the lock that the worker holds as long as it lives */
    #come(life) {
        clearTimeout(/** @type {any} */ (this.#timer));
        const { locks } = this.world;
        if (life) {
            this.#waitNoLonger = whenFree(locks, life, () => {
                this.world.unfit();
                this.#end(LOST, "");
            });
        }
        this.#release = holdLock(life ? locks : undefined, `amanat ${newOrigin()}`, (lock) =>
            this.#port?.postMessage({ url: this.url, lock }),
        );
    }

    /** No worker: a socket of this tab's own, as if there had never been any other. */
    #instead() {
        if (this.#state !== 0 || this.#own) {
            return;
        }
        this.world.unfit();
        this.#goAlone();
    }

    /** @param {() => void} [through]  called when a socket of this tab's own has come through */
    #goAlone(through) {
        this.#detach();
        try {
            const own = (this.#own = this.world.instead());
            own.onopen = () => {
                through?.();
                this.onopen();
            };
            own.onmessage = (/** @type {MessageEvent} */ event) => this.onmessage(event);
            own.onclose = (/** @type {CloseEvent} */ event) => this.onclose(event);
            own.onerror = () => this.onerror();
        } catch {
            this.#end(LOST, ""); // the next attempt has no worker, and says why
        }
    }

    /**
     * @param {number} code
     * @param {string} reason
     */
    #end(code, reason) {
        if (this.#state === 3) {
            return;
        }
        if (code === OTHER_LOGIN) {
            this.world.unfit();
        }
        this.#detach();
        this.#state = 3;
        this.onclose({ code, reason });
    }

    /** @param {object} [last]  message to the worker */
    #detach(last) {
        clearTimeout(/** @type {any} */ (this.#timer));
        this.world.page.removeEventListener("pagehide", this.#leave);
        this.#waitNoLonger();
        if (this.#port) {
            this.#port.onmessage = null;
            if (last) {
                this.#port.postMessage(last);
            }
            this.#port.close();
            this.#port = undefined;
        }
        this.#release();
    }
}
