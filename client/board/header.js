/** The line at the top: where one is in time, which view, who is here, how the connection is, who one is. */
import { avatar } from "./avatar.js";
import { longDay, shortWeek, weekTitle } from "./dates.js";
import { Keyed, el, icon, set } from "./dom.js";
import { LANGUAGES } from "./words.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./app.js").Mode} Mode */

const MODES = /** @type {Mode[]} */ (["week", "day", "list"]);
const MOST_FACES = 4;

export class Header {
    /**
     * @param {App} app
     * @param {{presence: import("./presence.js").Presence, help: () => void, theme: () => void, language: (id: string) => void, me: HTMLElement, menu: HTMLElement}} means `menu`: where choices go that there is no room for
     */
    constructor(app, { presence, help, theme, language, me, menu }) {
        this.app = app;
        this.presence = presence;
        this.menu = menu;
        this.previous = button("icon-button", () => app.go(-1), icon("left"));
        this.next = button("icon-button", () => app.go(1), icon("right"));
        this.today = button("quiet", () => app.set({ day: app.today() }));
        this.steps = el("div", { class: "steps-in-time" }, this.previous, this.today, this.next);
        this.when = el("h1", { class: "when" });
        this.modes = MODES.map((mode) => button("mode", () => app.set({ mode })));
        this.modeGroup = el("div", { class: "modes", role: "group" }, ...this.modes);
        this.clients = button("quiet", () => app.set({ open: { kind: "clients" } }), icon("people"), el("span", { class: "wide" }));
        this.branch = el("select", { class: "branch", on: { change: () => app.set({ branch: this.branch.value, plan: undefined, open: undefined }) } });
        this.faces = el("div", { class: "faces", role: "img" });
        this.faceList = new Keyed(this.faces, { key: (/** @type {any} */ { id, name }) => id + name, make: (person) => (person.more ? el("span", { class: "avatar more-faces", text: person.name }) : avatar(person)) });
        this.chip = el("span", { class: "chip", role: "status" }, el("span", { class: "dot", "aria-hidden": "true" }), el("span", { class: "chip-text" }));
        this.language = el("select", { class: "language", on: { change: () => language(this.language.value) } }, ...LANGUAGES.map(({ id, name }) => el("option", { value: id, text: name })));
        this.theme = button("icon-button", theme, icon("moon"));
        this.choices = el("div", { class: "choices" }, this.language, this.theme);
        this.help = button("icon-button help-button", help);
        this.help.textContent = "?";
        this.brand = el("span", { class: "brand" }, el("span", { class: "logo", "aria-hidden": "true" }), el("span", { class: "brand-name" }));
        this.element = el(
            "header",
            { class: "top" },
            el("div", { class: "top-row" }, this.brand, this.branch, el("span", { class: "space" }), this.chip, this.faces, this.choices, this.help, me),
            el("div", { class: "top-row" }, this.steps, this.when, el("span", { class: "space" }), this.clients, this.modeGroup),
        );
    }

    draw() {
        const choices = this.app.narrow ? this.menu : this.choices;
        if (this.theme.parentElement !== choices) {
            choices.append(this.language, this.theme);
        }
        this.#drawTime();
        this.#drawBranches();
        this.#drawConnection();
        this.#drawFaces();
        const { words } = this.app;
        set(/** @type {Element} */ (this.brand.lastElementChild), { text: words.say("brand") });
        set(this.language, { value: words.language, "aria-label": words.say("language") });
        label(this.theme, words.say("theme"));
        label(this.help, words.say("help"));
        label(this.clients, words.say("clients"));
        set(/** @type {Element} */ (this.clients.lastElementChild), { text: words.say("clients") });
    }

    #drawTime() {
        const { words, state } = this.app;
        const unit = state.mode === "day" ? "day" : "week";
        const isList = state.mode === "list";
        set(this.steps, { hidden: isList });
        const week = this.app.narrow ? shortWeek(words, state.day) : weekTitle(words, state.day);
        set(this.when, { text: isList ? words.say("task_list") : state.mode === "day" && !this.app.narrow ? longDay(words, state.day) : week });
        label(this.previous, words.say(`previous_${unit}`));
        label(this.next, words.say(`next_${unit}`));
        set(this.today, { text: words.say("today") });
        set(this.modeGroup, { "aria-label": words.say("view") });
        this.modes.forEach((mode, index) => set(mode, { text: words.say(`view_${MODES[index]}`), "aria-pressed": String(MODES[index] === state.mode) }));
    }

    #drawBranches() {
        const branches = this.app.data.rows("branches");
        const signature = branches.map(({ id, name }) => id + name).join("\n");
        if (this.branch.dataset.options !== signature) {
            this.branch.dataset.options = signature;
            this.branch.replaceChildren(...branches.map(({ id, name }) => el("option", { value: id, text: name })));
        }
        set(this.branch, { value: this.app.branch?.id ?? "", "aria-label": this.app.words.say("branch"), disabled: branches.length < 2 });
    }

    #drawConnection() {
        const { words, state } = this.app;
        const text = state.pending > 0 ? `${words.say(state.connection)} · ${words.say("pending_short", { count: state.pending })}` : words.say(state.connection);
        set(this.chip, { class: `chip is-${state.connection}` });
        set(/** @type {Element} */ (this.chip.lastElementChild), { text });
    }

    #drawFaces() {
        const { words } = this.app;
        const others = this.presence.others();
        const shown = others.length > MOST_FACES ? others.slice(0, MOST_FACES - 1) : others;
        const rest = others.length - shown.length;
        const names = others.length ? words.say("online_people", { names: others.map(({ name }) => name).join(", ") }) : words.say("nobody_else");
        set(this.faces, { "aria-label": names, title: names });
        this.faceList.show([...shown, ...(rest ? [{ id: "more", name: words.say("more_people", { count: rest }), more: true }] : [])]);
    }
}

/** @param {string} kind @param {() => void} click @param {...Node} children */
function button(kind, click, ...children) {
    return el("button", { type: "button", class: kind, on: { click } }, ...children);
}

/** @param {Element} element @param {string} text */
function label(element, text) {
    set(element, { "aria-label": text, title: text });
}
