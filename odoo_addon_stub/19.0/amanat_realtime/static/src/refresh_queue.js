const WINDOW_MS = 150;
const BUSY_WINDOW_MS = 800;
const BUSY_RUNS = 12;
const BUSY_SPAN_MS = 5000;
const FIRST_RETRY_MS = 1000;
const MAX_RETRIES = 5;

/**
 * @typedef {object} RefreshPort
 * @property {() => Promise<void>} run  one re-read; a rejection is tried again, later and later
 * @property {() => boolean} hidden  nobody looks: remember, but do not read
 * @property {() => number} now
 * @property {(callback: () => void, delayMs: number) => unknown} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} random
 */

/**
 * Turns many wishes to re-read one view into few re-reads. A wish waits 150 to 300 ms, so that one save does
 * not make every browser ask Odoo in the same instant, and takes along whatever arrives meanwhile; a view that
 * was re-read twelve times within five seconds waits 800 to 1600 ms. Never two at once, and none sooner after the last than asked for.
 */
export class RefreshQueue {
    /** @type {"idle" | "stale" | "waiting" | "running" | "closed"} */
    state = "idle";
    /** @type {number | undefined}  how far to spread the read that follows the running one */
    #again;
    #failures = 0;
    /** @type {unknown} */
    #timer;
    /** @type {number[]} */
    #runs = [];

    /**
     * @param {RefreshPort} port
     * @param {number} [gapMs]  at least so long from the beginning of one read to that of the next
     */
    constructor(port, gapMs = 0) {
        this.port = port;
        this.gapMs = gapMs;
    }

    /** @param {number} [spreadMs]  how far apart browsers that wish the same at once are to read */
    request(spreadMs = 0) {
        if (this.state === "running") {
            this.#again = Math.min(this.#again ?? spreadMs, spreadMs);
        } else if (this.state === "idle" || this.state === "stale") {
            this.#wait(this.#spread(spreadMs));
        }
    }

    /** The tab is looked at again, or the network is back. */
    shown() {
        if (this.state === "stale") {
            this.#wait(this.#window());
        }
    }

    close() {
        this.state = "closed";
        this.port.clearTimeout(this.#timer);
    }

    /** @param {number} delayMs */
    #wait(delayMs) {
        if (this.port.hidden()) {
            this.state = "stale";
            return;
        }
        this.state = "waiting";
        const rest = (this.#runs.at(-1) ?? -Infinity) + this.gapMs - this.port.now();
        this.#timer = this.port.setTimeout(() => void this.#run(), Math.max(delayMs, rest));
    }

    async #run() {
        if (this.port.hidden()) {
            this.state = "stale";
            return;
        }
        this.state = "running";
        this.#runs = [...this.#runs.slice(-BUSY_RUNS), this.port.now()];
        try {
            await this.port.run();
            this.#finish(true);
        } catch {
            this.#finish(false);
        }
    }

    /** @param {boolean} succeeded */
    #finish(succeeded) {
        if (this.state === "closed") {
            return;
        }
        this.state = "idle";
        this.#failures = succeeded ? 0 : this.#failures + 1;
        if (!succeeded && this.#failures <= MAX_RETRIES) {
            this.#wait(FIRST_RETRY_MS * 2 ** (this.#failures - 1) * (1 + this.port.random()));
        } else if (this.#again !== undefined) {
            this.#wait(this.#spread(this.#again));
        } else if (!succeeded) {
            this.state = "stale";
        }
        this.#again = undefined;
    }

    /** @param {number} spreadMs */
    #spread(spreadMs) {
        return this.#window() + spreadMs * this.port.random();
    }

    #window() {
        const since = this.port.now() - BUSY_SPAN_MS;
        const busy = this.#runs.filter((at) => at > since).length >= BUSY_RUNS;
        return (busy ? BUSY_WINDOW_MS : WINDOW_MS) * (1 + this.port.random());
    }
}
