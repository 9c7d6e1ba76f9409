/** How soon a lost connection is mentioned, and how soon it is said aloud; most are back before anybody could care. */
const CHIP_MS = 5000;
const BAR_MS = 60_000;
/** A timer that rings this late has slept with its machine: what it waited for was no outage. */
const SLEPT_MS = 10_000;

/**
 * How much is made of it that the connection is lost: nothing, a chip after 5 seconds, a bar after a minute. A page that was
 * never live is stock Odoo's, and is told nothing; neither is one that rests because nobody looks.
 *
 * @typedef {"none" | "chip" | "bar"} Level
 */
export class Outage {
    /** @type {Level} */
    level = "none";
    /** Whether this page has ever been live. */
    known = false;
    /** @type {unknown} */
    #timer;

    /**
     * @param {Pick<import("../refresh_queue.js").RefreshPort, "now" | "setTimeout" | "clearTimeout">} world
     * @param {(level: Level) => void} changed
     */
    constructor(world, changed) {
        this.world = world;
        this.changed = changed;
    }

    /** @param {string} state  of the client's connection */
    connection(state) {
        this.known ||= state === "live";
        if (state === "live" || state === "idle") {
            this.world.clearTimeout(this.#timer);
            this.#timer = undefined;
            this.#enter("none");
        } else if (this.known && this.#timer === undefined) {
            this.#wait("chip", CHIP_MS);
        }
    }

    /** The user has seen the bar. */
    seen() {
        this.#enter("chip");
    }

    /**
     * @param {Level} level
     * @param {number} delayMs
     */
    #wait(level, delayMs) {
        const due = this.world.now() + delayMs;
        this.#timer = this.world.setTimeout(() => {
            if (this.world.now() - due > SLEPT_MS) {
                this.#wait(level, delayMs);
                return;
            }
            this.#enter(level);
            if (level === "chip") {
                this.#wait("bar", BAR_MS - CHIP_MS);
            }
        }, delayMs);
    }

    /** @param {Level} level */
    #enter(level) {
        if (this.level !== level) {
            this.level = level;
            this.changed(level);
        }
    }
}
