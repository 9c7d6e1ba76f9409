/** The four statuses of a task in a row; the next one is one click away. */
import { mark } from "./acts.js";
import { statusIcon } from "./card.js";
import { el, set } from "./dom.js";
import { STATUSES } from "./layout.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./layout.js").Row} Row */

export class StatusSteps {
    /** @type {Row | undefined} */
    #task;

    /** @param {App} app */
    constructor(app) {
        this.app = app;
        this.buttons = STATUSES.map((status) => this.#button(status));
        this.element = el("div", { class: "steps", role: "group" }, ...this.buttons);
    }

    /** @param {string} status */
    #button(status) {
        const click = () => this.#task && mark(this.app, this.#task, status);
        return el("button", { type: "button", class: "step", "data-status": status, on: { click } }, statusIcon(status), el("span"));
    }

    /** @param {Row} task */
    draw(task) {
        const { words } = this.app;
        this.#task = task;
        const reached = STATUSES.indexOf(task.status);
        set(this.element, { "aria-label": words.say("field_status") });
        this.buttons.forEach((button, index) => {
            const status = /** @type {string} */ (STATUSES[index]);
            const name = words.say(`status_${status}`);
            set(/** @type {Element} */ (button.lastElementChild), { text: name });
            set(button, {
                class: `step is-${status}${index < reached ? " is-past" : ""}${index === reached ? " is-now" : ""}`,
                "aria-pressed": String(index === reached),
                "aria-label": index === reached ? name : words.say("next_status", { status: name }),
            });
        });
    }
}
