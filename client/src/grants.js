/** A token is kept for this share of its life: by then the connection has renewed it, or has long been lost. */
const KEPT = 0.75;
/** Attempts with one token: Odoo may meanwhile name another address, or another user. */
const MOST_ATTEMPTS = 5;

/**
 * @typedef {{token: string, url: string, expires_in: number}} Grant
 */

/** The newest token, so that a thousand browsers that come back do not all ask Odoo first. */
export class Grants {
    /** @type {Grant | undefined} */
    #kept;
    #until = 0;
    #attempts = 0;

    /**
     * @param {() => Promise<Grant | false>} ask
     * @param {() => number} now  milliseconds
     */
    constructor(ask, now) {
        this.ask = ask;
        this.now = now;
    }

    /** A token to connect with. */
    async forAttempt() {
        const fits = this.#kept && this.now() < this.#until && this.#attempts < MOST_ATTEMPTS;
        this.#attempts = fits ? this.#attempts + 1 : 1;
        return fits && this.#kept ? this.#kept : this.fresh();
    }

    /** @returns {Promise<Grant | false>} */
    async fresh() {
        const grant = await this.ask();
        this.#kept = grant || undefined;
        this.#until = this.now() + (grant ? grant.expires_in * 1000 * KEPT : 0);
        return grant;
    }

    accepted() {
        this.#attempts = 0;
    }

    /** It was refused, or the page starts anew. */
    forget() {
        this.#kept = undefined;
    }
}
