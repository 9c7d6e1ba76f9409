import { concernsLines } from "./form_decisions.js";
import { LiveForm } from "./live_form.js";

/** One form on screen, its watch and those of its lines. Whatever goes wrong here, the form itself goes on. */
export class OpenForm {
    /** Ends what is watched now. */
    #unwatch = () => {};
    #watched = "";
    #onScreen = false;
    #everyField = false;
    #renewed = false;
    #broken = false;

    constructor(interaction, port) {
        this.interaction = interaction;
        this.port = port;
        /** How far the client had heard when Odoo was asked for what is on screen. */
        this.mark = interaction.client.mark();
        this.live = new LiveForm(port, {
            isOdooError: interaction.isOdooError,
            failed: (error) => this.#fail(error),
            debug: interaction.log.debug,
            world: interaction.world,
        });
        this.hooks = {
            reading: () => this.#guarded(() => this.#reading()) || (() => {}),
            interest: () => this.#guarded(() => this.#interest()),
            mounted: () => this.#guarded(() => this.#mounted()),
            interestChanged: () => this.#guarded(() => this.watch()),
            released: () => this.#guarded(() => this.live.released()),
            closed: () => this.#guarded(() => this.#closed()),
        };
    }

    /** Watches the record on screen, and anew when that has become another. */
    watch() {
        const interest = this.#interest();
        if (!this.#onScreen || interest === this.#watched) {
            return;
        }
        const before = this.#unwatch;
        this.#watched = interest;
        this.#unwatch = interest ? this.#begin() : () => {};
        before();
    }

    #begin() {
        const { model, id, fields, companies, lines } = this.port.describe();
        const spec = { view: "form", model, id, companies, ...(this.#everyField ? {} : { fields: sorted(fields) }) };
        const ends = [this.interaction.presence.watch(spec, this.#handlers(), this.mark)];
        for (const line of lines.filter((line) => this.interaction.isLive(line.model))) {
            ends.push(this.#watchLines(line, id, companies));
        }
        return () => ends.forEach((end) => end());
    }

    #handlers() {
        return {
            update: (frame) => this.live.update(frame),
            gone: (frame) => this.live.update(frame),
            stale: (why) => this.live.stale(why),
            receipt: (frame, known) => this.live.receipt(frame, known),
            refused: (error) => this.#refused(error),
        };
    }

    /** Lines change without a word of the record they belong to; what is refused here leaves them as Odoo read them. */
    #watchLines({ field, model, domain, inverse }, id, companies) {
        let judged = false;
        const changed = (frame) => {
            if (judged || concernsLines(frame, this.port.lineIds(field), inverse, id)) {
                this.live.linesChanged(field, frame);
            }
        };
        return this.interaction.client.watch(
            { view: "list", model, domain, companies },
            {
                opened: ({ filtered }) => {
                    judged = filtered;
                },
                update: changed,
                gone: changed,
                stale: () => this.live.linesChanged(field),
                receipt: (_receipt, { expected }) => !expected && this.live.linesChanged(field),
                refused: (error) => this.interaction.log.debug("lines refused", error.code, error.message),
            },
            this.mark,
        );
    }

    #reading() {
        const mark = this.interaction.client.mark();
        const answered = this.live.reading();
        return () => {
            this.mark = mark;
            answered();
        };
    }

    /** What is to be watched, as text; empty for a record that is not saved yet, and one that is not live. */
    #interest() {
        const view = this.port.describe();
        if (!view?.id || !this.interaction.isLive(view.model)) {
            return "";
        }
        const { model, id, fields, companies, lines } = view;
        return JSON.stringify([model, id, sorted(fields), companies, lines, this.#everyField]);
    }

    /** A field that does not travel: watch whatever does. A record that is not there: Odoo says why. */
    #refused(error) {
        this.interaction.log.debug("refused", error.code, error.message);
        if (error.code === "unknown_field" && !this.#everyField) {
            this.#everyField = true;
            this.watch();
        } else if (error.code === "unknown_company" && !this.#renewed) {
            this.#renewed = true; // the company is newer than the token
            void this.interaction.client.renew().then(() => this.#guarded(() => this.#watchAgain()));
        } else if (error.code === "unknown_record") {
            this.live.stale("refused");
        } else {
            this.interaction.warn(`a form of ${this.port.describe().model} is not kept fresh: ${error.message} (${error.code})`);
        }
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
            this.#fail(error);
            return "";
        }
    }

    #fail(error) {
        this.#broken = true;
        this.#closed();
        this.interaction.warn(`a form is not kept fresh: ${error}`);
    }

    #mounted() {
        this.#onScreen = true;
        this.interaction.forms.add(this);
        this.watch();
    }

    #closed() {
        this.#onScreen = false;
        this.interaction.forms.delete(this);
        this.live.close();
        this.port.close();
        this.#unwatch();
    }
}

/** Equal interest is equal text. */
function sorted(names) {
    return names.filter((name) => name !== "id").sort();
}
