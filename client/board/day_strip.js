/** The days of the week to choose from, where there is room for one day only. */
import { longDay, weekday } from "./dates.js";
import { Keyed, el, set, unseen } from "./dom.js";

export class DayStrip {
    /** @param {import("./app.js").App} app */
    constructor(app) {
        this.app = app;
        this.element = el("nav", { class: "day-strip", hidden: true });
        this.days = new Keyed(this.element, { key: (/** @type {string} */ day) => String(weekday(day)), make: () => this.#make(), update: (element, day) => this.#draw(element, day) });
    }

    draw() {
        const { app } = this;
        set(this.element, { hidden: !app.narrow || app.state.mode === "list", "aria-label": app.words.say("view_day") });
        if (app.narrow) {
            this.days.show(app.days);
        }
    }

    #make() {
        const day = el("button", { type: "button", class: "strip-day" }, el("span", { "aria-hidden": "true" }), el("b", { "aria-hidden": "true" }), el("span", { class: "strip-count", "aria-hidden": "true" }), unseen());
        day.addEventListener("click", () => this.app.set({ day: /** @type {string} */ (day.dataset.day) }));
        return day;
    }

    /** @param {HTMLElement} element @param {string} day */
    #draw(element, day) {
        const { app } = this;
        const [name, number, count, spoken] = element.children;
        const tasks = app.data.rows("tasks").filter((task) => task.day === day).length;
        element.dataset.day = day;
        set(element, { "aria-pressed": String(day === app.state.day), class: `strip-day${day === app.today() ? " is-today" : ""}` });
        set(/** @type {Element} */ (spoken), { text: `${longDay(app.words, day)}. ${app.words.say("tasks_shown", { count: tasks })}` });
        set(/** @type {Element} */ (name), { text: app.words.list("days_short")[weekday(day)] });
        set(/** @type {Element} */ (number), { text: Number(day.slice(8)) });
        set(/** @type {Element} */ (count), { text: tasks || "" });
    }
}
