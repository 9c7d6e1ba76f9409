const PATIENCE = 1.5;
const ANSWER_MS = 10_000;
/** After a sleep: whoever looks at the page again should not look at old values for long. */
const ANSWER_AWAKE_MS = 3000;
const TICK_MS = 5000;
const SLEPT_MS = 10_000;

/**
 * Notices a connection that died without saying so. After one and a half heartbeats of silence it pings;
 * without an answer within ten seconds the connection counts as lost. A machine or tab that slept, which shows by
 * timers that ring late, pings at once and waits three seconds.
 */
export class Watchdog {
    /** @type {unknown} */
    #timer;
    #heardAt = 0;
    #quietMs = 0;
    #due = 0;
    #answered = true;

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
        this.#answered = true;
    }

    /** The page may have slept: find out soon whether the other side is still there. */
    probe() {
        this.environment.clearTimeout(this.#timer);
        this.#ask(ANSWER_AWAKE_MS);
    }

    #listen() {
        const rest = this.#heardAt + this.#quietMs - this.environment.now();
        const delay = Math.min(Math.max(rest, 0), TICK_MS);
        this.#due = this.environment.now() + delay;
        this.#timer = this.environment.setTimeout(() => this.#check(), delay);
    }

    #check() {
        const now = this.environment.now();
        if (now - this.#due > SLEPT_MS) {
            this.#ask(ANSWER_AWAKE_MS);
        } else if (now - this.#heardAt < this.#quietMs) {
            this.#listen();
        } else {
            this.#ask(ANSWER_MS);
        }
    }

    /** @param {number} patienceMs */
    #ask(patienceMs) {
        this.#answered = false;
        this.callbacks.ping();
        this.#timer = this.environment.setTimeout(() => this.#judge(), patienceMs);
    }

    #judge() {
        if (this.#answered) {
            this.#listen();
        } else {
            this.callbacks.lost();
        }
    }
}
