const PATIENCE = 1.5;
const ANSWER_MS = 10_000;

/**
 * Notices a connection that died without saying so. After one and a half heartbeats of silence it pings;
 * without an answer within ten seconds the connection counts as lost.
 */
export class Watchdog {
    /** @type {unknown} */
    #timer;
    #heardAt = 0;
    #quietMs = 0;

    /**
     * @param {import("./environment.js").Environment} environment
     * @param {{ping: () => void, lost: () => void}} callbacks
     */
    constructor(environment, callbacks) {
        this.environment = environment;
        this.callbacks = callbacks;
    }

    /** @param {number} heartbeatSeconds  the server promises a frame at least this often */
    start(heartbeatSeconds) {
        this.stop();
        this.#quietMs = heartbeatSeconds * 1000 * PATIENCE;
        this.heard();
        this.#listen();
    }

    stop() {
        this.environment.clearTimeout(this.#timer);
    }

    /** A frame of any kind arrived. */
    heard() {
        this.#heardAt = this.environment.now();
    }

    #listen() {
        const rest = this.#heardAt + this.#quietMs - this.environment.now();
        this.#timer = this.environment.setTimeout(() => this.#check(), Math.max(rest, 0));
    }

    #check() {
        const asked = this.environment.now();
        if (asked - this.#heardAt < this.#quietMs) {
            this.#listen();
            return;
        }
        this.callbacks.ping();
        this.#timer = this.environment.setTimeout(() => this.#judge(asked), ANSWER_MS);
    }

    /** @param {number} asked */
    #judge(asked) {
        if (this.#heardAt < asked) {
            this.callbacks.lost();
        } else {
            this.#listen();
        }
    }
}
