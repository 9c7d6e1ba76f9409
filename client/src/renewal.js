const EARLIEST = 0.5;
const SPREAD = 0.25;
const RETRY_MS = 5000;

/**
 * Brings a new token before the old one expires: somewhere between half and three quarters of its life, so
 * that browsers that came together do not ask together. A failed attempt is repeated; when none succeeds in
 * time the server closes the session, and the connection starts over.
 */
export class Renewal {
    /** @type {unknown} */
    #timer;
    #run = 0;

    /**
     * @param {import("./environment.js").Environment} environment
     * @param {{token: () => Promise<{token: string, expires_in: number} | false>, send: (token: string) => void}} port
     */
    constructor(environment, port) {
        this.environment = environment;
        this.port = port;
    }

    /** @param {number} expiresInSeconds */
    start(expiresInSeconds) {
        this.stop();
        const share = EARLIEST + SPREAD * this.environment.random();
        this.#later(expiresInSeconds * 1000 * share);
    }

    /** @returns {Promise<void>} settled when a new token is sent, or cannot be had just now */
    now() {
        this.environment.clearTimeout(this.#timer);
        return this.#renew(++this.#run);
    }

    stop() {
        this.#run++;
        this.environment.clearTimeout(this.#timer);
    }

    /** @param {number} delayMs */
    #later(delayMs) {
        const run = this.#run;
        this.#timer = this.environment.setTimeout(() => this.#renew(run), delayMs);
    }

    /** @param {number} run */
    async #renew(run) {
        const grant = await this.port.token().catch(() => undefined);
        if (run !== this.#run) {
            return; // stopped meanwhile
        }
        if (grant) {
            this.port.send(grant.token);
            this.start(grant.expires_in);
        } else if (grant === undefined) {
            this.#later(RETRY_MS * (1 + this.environment.random()));
        }
    }
}
