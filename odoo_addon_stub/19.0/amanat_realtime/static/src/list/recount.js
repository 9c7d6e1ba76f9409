/** A change is told within this time; what Odoo has perhaps counted already is asked again, and not more often than this. */
const TOLD_WITHIN_MS = 5_000;
const RECOUNT_MS = 30_000;
const MOST_RECOUNT_MS = 300_000;

/**
 * Looks after the number of records of a list that shows only the first of them. What comes or goes behind the page is added up as it
 * is heard of, and Odoo may have counted it a moment before: then it is asked again, after a while and each time later, since a
 * change may come soon after the answer every time.
 */
export class Recount {
    /** When Odoo has last said how many there are. */
    #counted = -Infinity;
    /** @type {unknown} */
    #timer;
    #delayMs = RECOUNT_MS;

    /**
     * @param {Pick<import("../refresh_queue.js").RefreshPort, "now" | "setTimeout" | "clearTimeout">} world
     * @param {(spreadMs: number) => void} again  ask, somewhen within this time
     */
    constructor(world, again) {
        this.world = world;
        this.again = again;
    }

    /** Odoo is asked, and counts all that was heard of until now. */
    asked() {
        this.world.clearTimeout(this.#timer);
        this.#timer = undefined;
    }

    /** Odoo has answered; or the bridge begins to tell, perhaps what it has told before. */
    answered() {
        this.#counted = this.world.now();
    }

    /** The user looks at something else: this list has not been asked about again and again. */
    begins() {
        this.#delayMs = RECOUNT_MS;
    }

    /**
     * Something that is not on the page came or went.
     *
     * @param {string | undefined} at  when it was committed, if that is told
     * @param {boolean} isReading  Odoo is being asked
     */
    heard(at, isReading) {
        const now = this.world.now();
        const isRecent = Math.abs(now - Date.parse(at ?? "")) < TOLD_WITHIN_MS;
        if (!isRecent || isReading || now - this.#counted < 2 * TOLD_WITHIN_MS) {
            this.#timer ??= this.world.setTimeout(() => {
                this.again(this.#delayMs);
                this.#delayMs = Math.min(2 * this.#delayMs, MOST_RECOUNT_MS);
            }, this.#delayMs);
        }
    }
}
