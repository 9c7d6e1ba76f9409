/** Says to screen readers what others see: own acts at once, changes by others together, at most every ten seconds. */
import { el } from "./dom.js";

const PAUSE = 10_000;

export class Announcer {
    /** @type {Map<string, string>} */
    #stamps = new Map();
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
        const same = plan === this.#plan && app.data.isReady("tasks");
        const stamps = new Map(app.data.rows("tasks").map(({ id, updated_at }) => [id, String(updated_at)]));
        if (same && this.#stamps.size > 0) {
            const theirs = app.data.rows("tasks").filter((task) => task.updated_by !== app.tables.me && !task.$temp && this.#stamps.get(task.id) !== String(task.updated_at));
            this.#heard(theirs.length);
        }
        this.#plan = plan;
        this.#stamps = stamps;
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
