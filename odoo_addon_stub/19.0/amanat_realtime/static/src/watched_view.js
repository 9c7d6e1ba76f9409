/**
 * What a view on screen watches: as a watch request says it, less what the bridge has refused.
 *
 * @typedef {object} Interest
 * @property {string} model
 * @property {string[]} fields
 * @property {unknown[] | null} domain
 * @property {string} order
 * @property {number[]} companies
 */

/** The watch of one view on screen, renewed when the view becomes another. Whatever goes wrong here, the view itself goes on. */
export class WatchedView {
    #unwatch = () => {};
    #watched = "";
    #onScreen = false;
    /** What the bridge has refused, and is not asked again: fields and order, or one domain. */
    #everyField = false;
    #noOrder = false;
    #refusedDomain = "";
    #renewed = false;
    #broken = false;

    /**
     * @param {any} interaction
     * @param {object} view
     * @param {string} view.name  for warnings: `list`
     * @param {() => string | undefined} view.model  undefined: there is nothing on screen yet
     * @param {() => Interest} view.interest
     * @param {Record<string, (...given: any[]) => void>} view.handlers
     * @param {() => void} view.close
     * @param {{watch: Function}} [view.watcher]  the client itself where nothing is given
     */
    constructor(interaction, { name, model, interest, handlers, close, watcher = interaction.client }) {
        this.interaction = interaction;
        this.name = name;
        this.model = model;
        this.interest = interest;
        this.handlers = { ...handlers, bulk: interaction.tellBulk, refused: (/** @type {any} */ error) => this.#refused(error) };
        this.close = close;
        this.watcher = watcher;
        /** How far the client had heard when Odoo was asked for what is on screen. */
        this.mark = interaction.client.mark();
    }

    /** What is watched, as text; empty: nothing. */
    text() {
        const spec = this.#spec();
        return spec ? JSON.stringify(spec) : "";
    }

    /** Watches what is on screen, and anew when that has become something else. */
    watch() {
        const text = this.text();
        if (!this.#onScreen || !text || text === this.#watched) {
            return;
        }
        const before = this.#unwatch;
        this.#watched = text;
        this.#unwatch = this.watcher.watch(this.#spec(), this.handlers, this.mark);
        before();
    }

    mounted() {
        this.#onScreen = true;
        this.watch();
    }

    closed() {
        this.#onScreen = false;
        this.close();
        this.#unwatch();
    }

    /**
     * Calls what a component's hook calls: an error inside it would take the view down with it.
     *
     * @template T
     * @param {() => T} hook
     * @returns {T | ""}
     */
    guarded(hook) {
        try {
            return this.#broken ? "" : hook();
        } catch (error) {
            this.#broken = true;
            this.closed();
            this.interaction.warn(`a ${this.name} is not kept fresh: ${error}`);
            return "";
        }
    }

    #spec() {
        const shown = this.model();
        if (!shown || !this.interaction.isLive(shown)) {
            return undefined;
        }
        const { model, fields, domain, order, companies } = this.interest();
        return {
            view: "list",
            model,
            ...(this.#everyField ? {} : { fields }),
            ...(domain && JSON.stringify(domain) !== this.#refusedDomain ? { domain } : {}),
            ...(order && !this.#everyField && !this.#noOrder ? { order } : {}),
            companies,
        };
    }

    /**
     * What the watch asked for wrongly is asked for otherwise, once; else the view is as fresh as Odoo read it.
     *
     * @param {{code: string, message: string}} error
     */
    #refused(error) {
        this.interaction.log.debug("refused", error.code, error.message);
        if (this.#without(error.code)) {
            this.#watchAgain();
        } else if (error.code === "unknown_company" && !this.#renewed) {
            this.#renewed = true; // the company is newer than the token
            void this.interaction.client.renew().then(() => this.guarded(() => this.#watchAgain()));
        } else {
            this.interaction.warn(`a ${this.name} of ${this.model()} is not kept fresh: ${error.message} (${error.code})`);
        }
    }

    /**
     * Leaves out what the bridge refuses. A column or an order that does not travel: watch whatever does; a domain
     * that cannot be named: decide without it.
     *
     * @param {string} code
     */
    #without(code) {
        const { domain, order } = /** @type {any} */ (this.#spec() ?? {});
        if (code === "unknown_field" && !this.#everyField) {
            this.#everyField = true;
        } else if (code === "bad_order" && order) {
            this.#noOrder = true;
        } else if (["unknown_field", "bad_domain"].includes(code) && domain) {
            this.#refusedDomain = JSON.stringify(domain);
        } else {
            return false;
        }
        return true;
    }

    #watchAgain() {
        this.#watched = "";
        this.watch();
    }
}
