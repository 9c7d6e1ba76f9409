/** The yellow line when there has been no connection for a minute: since when, how much waits, and that work may go on. */
import { clock } from "./dates.js";
import { el, icon, set } from "./dom.js";

/** A short interruption is nobody's business. */
const PATIENCE = 60_000;
const GOOD_NEWS = 4_000;

export class Banner {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    #wasShown = false;

    /** @param {import("./app.js").App} app */
    constructor(app) {
        this.app = app;
        this.text = el("span");
        this.element = el("div", { class: "banner", role: "status", hidden: true }, icon("offline"), this.text);
    }

    draw() {
        const { connection, since, pending } = this.app.state;
        const waited = since === undefined || connection === "live" ? 0 : this.app.now().getTime() - since;
        clearTimeout(this.#timer);
        if (connection === "live") {
            this.#back(pending);
        } else if (waited >= PATIENCE) {
            this.#away(Number(since), pending);
        } else if (since !== undefined) {
            this.#timer = setTimeout(() => this.app.draw(), PATIENCE - waited);
        }
    }

    /** @param {number} since @param {number} pending */
    #away(since, pending) {
        const { words } = this.app;
        const waiting = pending ? ` ${words.say("offline_waiting", { count: pending })}` : "";
        this.#wasShown = true;
        set(this.text, { text: words.say("offline_since", { time: clock(new Date(since)) }) + waiting });
        set(this.element, { hidden: false, class: "banner" });
    }

    /** @param {number} pending */
    #back(pending) {
        if (this.#wasShown && pending === 0) {
            this.#wasShown = false;
            set(this.text, { text: this.app.words.say("back_again") });
            set(this.element, { hidden: false, class: "banner is-good" });
            setTimeout(() => set(this.element, { hidden: !this.#wasShown }), GOOD_NEWS);
        }
    }
}
