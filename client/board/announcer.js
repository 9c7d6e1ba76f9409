/** Says to screen readers what others see: own acts at once, changes by others together, at most every ten seconds. */
import { el } from "./dom.js";

const PAUSE = 10_000;

export class Announcer {
    /** Rows that have not changed are the same objects. @type {WeakSet<object>} */
    #known = new WeakSet();
    /** @type {readonly object[]} */
    #rows = [];
    #news = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    #plan = "";

    /** @param {import("./app.js").App} app */
    constructor(app) {
        this.app = app;
        this.element = el("div", { class: "unseen", "aria-live": "polite" });
    }

    /** @param {string} sentence */
    say(sentence) {
        // The same sentence twice would not be read again.
        this.element.textContent = this.element.textContent === sentence ? `${sentence}\u00a0` : sentence;
    }

    draw() {
        const { app } = this;
        const plan = app.plan?.id ?? "";
        const rows = app.data.rows("tasks");
        if (rows !== this.#rows) {
            const fresh = rows.filter((row) => !this.#known.has(row));
            fresh.forEach((row) => this.#known.add(row));
            if (plan === this.#plan && this.#rows.length > 0) {
                this.#heard(fresh.filter((task) => task.updated_by !== app.tables.me && !task.$temp).length);
            }
            this.#rows = rows;
        }
        this.#plan = plan;
    }

    /** @param {number} count */
    #heard(count) {
        this.#news += count;
        if (this.#news > 0 && this.#timer === undefined) {
            this.#timer = setTimeout(() => {
                this.#timer = undefined;
                this.say(this.app.words.say("said_changes", { count: this.#news }));
                this.#news = 0;
            }, PAUSE);
        }
    }
}
