import { LiveList } from "./live_list.js";

/** One list view on screen and its watch. Whatever goes wrong here, the view itself goes on. */
export class OpenList {
    #unwatch = () => {};
    #watched = "";
    #onScreen = false;
    /** What the bridge has refused, and is not asked again: fields and order, or one domain. */
    #everyField = false;
    #noOrder = false;
    #refusedDomain = "";
    #renewed = false;
    #broken = false;

    constructor(interaction, model, port) {
        this.interaction = interaction;
        this.model = model;
        /** How far the client had heard when Odoo was asked for what is on screen. */
        this.mark = interaction.client.mark();
        this.live = new LiveList(port, {
            highlights: interaction.highlights,
            replace: (error) => interaction.replacementFor(model, error),
            tellKept: (row) => interaction.tellKept(row),
            debug: interaction.log.debug,
            world: interaction.world,
        });
        this.hooks = {
            reading: (wholePage) => this.#guarded(() => this.#reading(wholePage)) || (() => {}),
            interest: () => this.#guarded(() => this.#interest()),
            mounted: () => this.#guarded(() => this.#mounted()),
            interestChanged: () => this.#guarded(() => this.watch()),
            released: () => this.#guarded(() => this.live.released()),
            closed: () => this.#guarded(() => this.#closed()),
        };
    }

    /** Watches what is on screen, and anew when that has become something else. */
    watch() {
        const interest = this.#interest();
        if (!this.#onScreen || !interest || interest === this.#watched) {
            return;
        }
        const before = this.#unwatch;
        this.#watched = interest;
        this.#unwatch = this.interaction.presence.watch(this.#spec(), this.#handlers(), this.mark);
        before();
    }

    /** What is heard until the answer is there may be missing in it. */
    #reading(wholePage) {
        const mark = this.interaction.client.mark();
        const answered = this.live.reading();
        return () => {
            this.mark = wholePage ? mark : this.mark;
            answered();
        };
    }

    #interest() {
        if (!this.model.root || !this.interaction.isLive(this.model.root.resModel)) {
            return "";
        }
        return JSON.stringify(this.#spec());
    }

    #spec() {
        const { model, fields, domain, order, companies } = this.live.interest();
        return {
            view: "list",
            model,
            ...(this.#everyField ? {} : { fields }),
            ...(domain && JSON.stringify(domain) !== this.#refusedDomain ? { domain } : {}),
            ...(order && !this.#everyField && !this.#noOrder ? { order } : {}),
            companies,
        };
    }

    #handlers() {
        return {
            opened: ({ filtered }) => {
                this.live.filtered = filtered;
            },
            update: (frame) => this.live.update(frame),
            gone: (frame) => this.live.update(frame),
            stale: (why) => this.live.stale(why),
            receipt: (frame, known) => this.live.receipt(frame, known),
            refused: (error) => this.#refused(error),
        };
    }

    /** What the watch asked for wrongly is asked for otherwise, once; else the list is as fresh as Odoo read it. */
    #refused(error) {
        this.interaction.log.debug("refused", error.code, error.message);
        if (this.#without(error.code)) {
            this.#watchAgain();
        } else if (error.code === "unknown_company" && !this.#renewed) {
            this.#renewed = true; // the company is newer than the token
            void this.interaction.client.renew().then(() => this.#guarded(() => this.#watchAgain()));
        } else {
            this.interaction.warn(`a list of ${this.live.interest().model} is not kept fresh: ${error.message} (${error.code})`);
        }
    }

    /**
     * Leaves out what the bridge refuses. A column or an order that does not travel: watch whatever does; a domain
     * that cannot be named: decide without it.
     */
    #without(code) {
        const { domain, order } = this.#spec();
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

    /** An error inside a component's hook would take the view down with it. */
    #guarded(hook) {
        try {
            return this.#broken ? "" : hook();
        } catch (error) {
            this.#broken = true;
            this.#closed();
            this.interaction.warn(`a list is not kept fresh: ${error}`);
            return "";
        }
    }

    #mounted() {
        this.#onScreen = true;
        this.interaction.lists.add(this);
        this.watch();
    }

    #closed() {
        this.#onScreen = false;
        this.interaction.lists.delete(this);
        this.live.close();
        this.#unwatch();
    }
}
