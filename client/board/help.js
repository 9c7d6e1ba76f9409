/** The keys of the board, in a dialog. */
import { el, icon, set } from "./dom.js";

/** @typedef {import("./app.js").App} App */

const KEYS = [
    ["key_arrows", "help_arrows"],
    ["Enter", "help_enter"],
    ["N", "help_new"],
    ["M", "help_move"],
    ["1 2 3 4", "help_status"],
    ["Delete", "help_delete"],
    ["[  ]", "help_week"],
    ["T", "help_today"],
    ["W D L", "help_views"],
    ["/", "help_search"],
    ["C", "help_clients"],
    ["Esc", "help_escape"],
    ["?", "help_help"],
];

export class Help {
    /** @param {App} app */
    constructor(app) {
        this.app = app;
        this.title = el("h2", { id: "help-title" });
        this.keys = el("dl", { class: "keys" });
        this.shut = el("button", { type: "button", class: "icon-button", on: { click: () => this.element.close() } }, icon("close"));
        this.element = el("dialog", { class: "help", "aria-labelledby": "help-title" }, el("header", { class: "panel-head" }, this.title, this.shut), this.keys);
        this.element.addEventListener("click", (event) => event.target === this.element && this.element.close());
    }

    open() {
        const { words } = this.app;
        set(this.title, { text: words.say("help_title") });
        set(this.shut, { "aria-label": words.say("close") });
        const name = (/** @type {string} */ key) => (words.has(key) ? words.say(key) : key);
        this.keys.replaceChildren(...KEYS.flatMap(([key = "", says = ""]) => [el("dt", {}, el("kbd", { text: name(key) })), el("dd", { text: words.say(says) })]));
        this.element.showModal();
    }
}
