/**
 * The line above the board that says why it is not as it should be: no connection for a minute, signed out, rows that are missing. Work
 * may go on meanwhile.
 */
import { clock } from "./dates.js";
import { el, icon, set } from "./dom.js";

/** A short interruption is nobody's business. */
const PATIENCE = 60_000;
const GOOD_NEWS = 4_000;

export class Banner {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    #wasAway = false;
    #isGood = false;

    /** @param {import("./app.js").App} app */
    constructor(app) {
        this.app = app;
        this.text = el("span");
        this.again = el("button", { type: "button", on: { click: () => location.reload() } });
        this.element = el("div", { class: "banner", role: "status", hidden: true }, icon("offline"), this.text, this.again);
    }

    draw() {
        clearTimeout(this.#timer);
        const { words, state } = this.app;
        const away = this.#away();
        const text = away || this.#missing();
        set(this.again, { hidden: !this.#isOver, text: words.say("load_again") });
        if (text) {
            this.#wasAway ||= Boolean(away);
            this.#show(text, "banner");
        } else if (!this.#wasAway) {
            set(this.element, { hidden: !this.#isGood });
        } else if (state.connection === "live" && state.pending === 0) {
            this.#back(words.say("back_again"));
        }
    }

    /** @param {string} text @param {string} kind */
    #show(text, kind) {
        set(this.text, { text });
        set(this.element, { hidden: false, class: kind });
    }

    /** @param {string} news */
    #back(news) {
        this.#wasAway = false;
        this.#isGood = true;
        this.#show(news, "banner is-good");
        setTimeout(() => {
            this.#isGood = false;
            this.draw();
        }, GOOD_NEWS);
    }

    /** Nothing is sent any more before the page is loaded again. */
    get #isOver() {
        return ["signed_out", "outdated"].includes(this.app.state.connection);
    }

    #away() {
        const { words, state, now } = this.app;
        const { connection, since, pending } = state;
        const waiting = pending ? ` ${words.say("offline_waiting", { count: pending })}` : "";
        if (this.#isOver) {
            return words.say(`${connection}_hint`) + waiting;
        }
        if (since === undefined || connection === "live") {
            return "";
        }
        const left = since + PATIENCE - now().getTime();
        if (left > 0) {
            this.#timer = setTimeout(() => this.app.draw(), left);
            return "";
        }
        return words.say("offline_since", { time: clock(new Date(since)) }) + waiting;
    }

    #missing() {
        const { words, data } = this.app;
        const { refused, cut } = data;
        return refused ? words.say("not_live") : cut ? words.say("too_many", { count: cut }) : "";
    }
}
