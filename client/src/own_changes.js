const MAX_AGE_MS = 60_000;
const MAX_ENTRIES = 1000;

/**
 * Knows which records this tab has sent a save for and not yet got the receipt of, and whether somebody
 * else's values were drawn over them in between. Only then may the screen show the older of two values.
 *
 * Bounded: what never gets a receipt (nothing changed, rolled back) is forgotten after a minute.
 */
export class OwnChanges {
    /** @type {Map<string, {saves: number, crossed: boolean, at: number}>} */
    #pending = new Map();

    /** @param {() => number} now  milliseconds */
    constructor(now) {
        this.now = now;
    }

    /**
     * This tab sent a save.
     *
     * @param {string} model
     * @param {number[]} ids
     */
    sent(model, ids) {
        this.#forgetOld();
        for (const id of ids) {
            const key = `${model},${id}`;
            const before = this.#pending.get(key);
            this.#pending.delete(key); // the newest goes last
            this.#pending.set(key, { saves: (before?.saves ?? 0) + 1, crossed: before?.crossed ?? false, at: this.now() });
        }
    }

    /**
     * Somebody else's values for these records are being drawn.
     *
     * @param {string} model
     * @param {number[]} ids
     */
    drawn(model, ids) {
        for (const id of ids) {
            const entry = this.#pending.get(`${model},${id}`);
            if (entry) {
                entry.crossed = true;
            }
        }
    }

    /**
     * A receipt arrived.
     *
     * @param {string} model
     * @param {number[]} ids
     * @returns {{expected: boolean, crossed: boolean}} whether this tab had sent a save naming all of them, and
     *     whether somebody else's values were drawn meanwhile
     */
    confirmed(model, ids) {
        this.#forgetOld();
        const entries = ids.map((id) => this.#confirm(`${model},${id}`));
        return {
            expected: entries.every((entry) => entry !== undefined),
            crossed: entries.some((entry) => entry?.crossed),
        };
    }

    /** @param {string} key */
    #confirm(key) {
        const entry = this.#pending.get(key);
        if (entry && entry.saves > 1) {
            this.#pending.set(key, { ...entry, saves: entry.saves - 1 });
        } else {
            this.#pending.delete(key);
        }
        return entry;
    }

    /**
     * A new session began: of what was committed before it, no receipt comes. For a save that still is on its way, the
     * receipt is then not expected, and the view reads what it already shows.
     */
    forget() {
        this.#pending.clear();
    }

    #forgetOld() {
        const oldest = this.now() - MAX_AGE_MS;
        for (const [key, entry] of this.#pending) {
            if (entry.at >= oldest && this.#pending.size <= MAX_ENTRIES) {
                break;
            }
            this.#pending.delete(key);
        }
    }
}
