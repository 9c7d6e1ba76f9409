const MINUTE_MS = 60_000;
/** The server has enough to do with those who come back. */
const SOON_MS = 5000;
const MOST_DELAYS = 200;
const MOST_UNDRAWN = 10_000;
/** An answer that took longer says little about the time. */
const MOST_ROUND_TRIP_MS = 5000;

/**
 * What this page measures of itself, once a minute: how long it took from commit to drawn, and how often the connection was lost. The
 * server's clock is known from `pong`, which names its time: it said so half a round trip ago, give or take that half.
 */
export class Report {
    /** @type {number[]}  when what is not drawn yet was committed, by the server's clock */
    #undrawn = [];
    /** @type {number[]} */
    #delays = [];
    #heard = 0;
    #disconnects = 0;
    #since = 0;
    /** How far the server's clock is ahead of ours. */
    #ahead = 0;
    #asked = 0;
    /** @type {unknown} */
    #timer;

    /**
     * @param {(message: object) => boolean} send
     * @param {import("../world.js").Environment} environment
     */
    constructor(send, environment) {
        this.send = send;
        this.environment = environment;
    }

    live() {
        this.#since ||= this.environment.now();
        this.#ask();
        const rest = this.#since + MINUTE_MS - this.environment.now();
        this.#timer = this.environment.setTimeout(() => this.#say(), Math.max(rest, SOON_MS));
    }

    /** @param {boolean} failed  nobody wanted it */
    lost(failed) {
        this.environment.clearTimeout(this.#timer);
        this.#disconnects += Number(failed);
        this.#asked = 0;
    }

    /** @param {{time?: number}} pong  milliseconds, by the server's clock */
    answered({ time }) {
        const roundTrip = this.environment.now() - this.#asked;
        if (this.#asked && time && roundTrip < MOST_ROUND_TRIP_MS) {
            this.#ahead = time + roundTrip / 2 - this.environment.now();
        }
        this.#asked = 0;
    }

    /** @param {string} committed */
    heard(committed) {
        if (this.#undrawn.length < MOST_UNDRAWN) {
            this.#undrawn.push(Date.parse(committed));
        }
    }

    /** What was heard is on screen. */
    drawn() {
        const now = this.environment.now() + this.#ahead;
        this.#undrawn.splice(0).forEach((committed) => this.#note(Math.max(0, Math.round(now - committed))));
    }

    /**
     * Each delay is as likely to be among those that are said as any other.
     *
     * @param {number} delay
     */
    #note(delay) {
        const place = this.#heard++ < MOST_DELAYS ? this.#delays.length : Math.floor(this.environment.random() * this.#heard);
        if (place < MOST_DELAYS) {
            this.#delays[place] = delay;
        }
    }

    #ask() {
        this.#asked = this.environment.now();
        this.send({ type: "ping" });
    }

    #say() {
        const now = this.environment.now();
        const seconds = Math.round((now - this.#since) / 1000);
        if (this.send({ type: "report", delays: this.#delays, disconnects: this.#disconnects, seconds })) {
            this.#delays = [];
            this.#heard = 0;
            this.#disconnects = 0;
            this.#since = now;
        }
        this.#ask();
        this.#timer = this.environment.setTimeout(() => this.#say(), MINUTE_MS);
    }
}
