/** Of what the server takes from one page: what the connection says by itself comes on top. */
const SHARE = 0.6;
const USUAL = 50;

/** Says no more in a second than the server hears: a page that comes back with a long queue would be sent away. */
export class Pace {
    /** @type {object[]} */
    #waiting = [];
    #left = 0;
    #at = 0;
    /** @type {unknown} */
    #timer;

    /**
     * @param {import("../connection.js").Connection} wire
     * @param {import("../world.js").Environment} environment
     */
    constructor(wire, environment) {
        this.wire = wire;
        this.environment = environment;
    }

    /**
     * @param {object} message
     * @returns {boolean} whether it is said, now or soon, if the connection lasts
     */
    send(message) {
        const live = this.wire.state === "live";
        if (live) {
            this.#waiting.push(message);
            this.#flush();
        }
        return live;
    }

    lost() {
        this.#waiting = [];
        this.environment.clearTimeout(this.#timer);
    }

    #flush() {
        const { now, setTimeout, clearTimeout } = this.environment;
        const most = SHARE * (this.wire.welcome?.limits.messages_per_second ?? USUAL);
        this.#left = Math.min(most, this.#left + (Math.max(0, now() - this.#at) * most) / 1000);
        this.#at = now();
        for (; this.#waiting.length && this.#left >= 1; this.#left--) {
            this.wire.send(/** @type {object} */ (this.#waiting.shift()));
        }
        clearTimeout(this.#timer);
        if (this.#waiting.length) {
            this.#timer = setTimeout(() => this.#flush(), 1000 / most);
        }
    }
}
