/** Client cards in the panel: finding one, its details, its tasks. */
import { createClient, updateClient } from "./acts.js";
import { shortDay } from "./dates.js";
import { Keyed, el, icon, set } from "./dom.js";
import { Draft } from "./draft.js";
import { Field } from "./field.js";
import { folded, timeOf } from "./layout.js";
import { statusIcon } from "./card.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./layout.js").Row} Row */

const FIELDS = /** @type {const} */ (["name", "phone", "address", "note"]);
const MOST_FOUND = 60;

/** The search and what it finds. */
export class ClientSearch {
    /** @param {App} app */
    constructor(app) {
        this.app = app;
        this.search = el("input", { type: "search", class: "search", autocomplete: "off", on: { input: () => this.draw() } });
        const found = el("ul", { class: "found" });
        this.none = el("p", { class: "hint" });
        this.more = el("p", { class: "hint" });
        this.add = el("button", { type: "button", class: "primary", on: { click: () => app.set({ open: { kind: "new_client" } }) } });
        this.found = new Keyed(found, { key: (/** @type {Row} */ { id }) => id, make: (row) => this.#make(row), update: (element, row) => this.#drawRow(element, row) });
        this.element = el("div", { class: "form" }, this.search, found, this.none, this.more, el("div", { class: "actions" }, this.add));
    }

    focus() {
        this.search.focus();
    }

    draw() {
        const { words, data } = this.app;
        const wanted = folded(this.search.value.trim());
        const digits = wanted.replace(/\D/g, "");
        const rows = data.rows("clients").filter(({ name, phone }) => !wanted || folded(name).includes(wanted) || (digits.length > 2 && String(phone ?? "").replace(/\D/g, "").includes(digits)));
        set(this.search, { placeholder: words.say("client_search"), "aria-label": words.say("client_search") });
        set(this.none, { hidden: rows.length > 0, text: words.say("client_none") });
        set(this.more, { hidden: rows.length <= MOST_FOUND, text: words.say("client_more", { count: rows.length - MOST_FOUND }) });
        set(this.add, { text: words.say("client_new") });
        this.found.show(rows.slice(0, MOST_FOUND));
    }

    /** @param {Row} row */
    #make({ id }) {
        const click = () => this.app.set({ open: { kind: "client", id } });
        return el("li", {}, el("button", { type: "button", class: "found-row", on: { click } }, el("span", { class: "found-name" }), el("span", { class: "hint" })));
    }

    /** @param {Element} element @param {Row} row */
    #drawRow(element, { name, phone, address }) {
        const [first, second] = element.firstElementChild?.children ?? [];
        set(/** @type {Element} */ (first), { text: name });
        set(/** @type {Element} */ (second), { text: [phone, address].filter(Boolean).join(" · ") });
    }
}

/** One card: details to edit, and the client's tasks. */
export class ClientCard {
    /** @param {App} app @param {{id?: string, draft: Draft, close: () => void}} what `id` is missing of a new card */
    constructor(app, { id, draft, close }) {
        this.app = app;
        this.id = id;
        this.draft = draft;
        this.close = close;
        const types = { name: "text", phone: "tel", address: "text", note: "textarea" };
        this.fields = FIELDS.map((name) => new Field(app, draft, { name, type: /** @type {any} */ (types[name]), required: name === "name" }, () => this.#typed()));
        this.call = el("a", { class: "call" });
        this.save = el("button", { type: "submit", class: "primary" });
        this.undo = el("button", { type: "button", class: "quiet", on: { click: () => this.#undo() } });
        this.title = el("h3");
        const tasks = el("ul", { class: "found" });
        this.tasks = new Keyed(tasks, { key: (/** @type {Row} */ task) => task.id, make: (task) => this.#makeTask(task), update: (element, task) => this.#drawTask(element, task) });
        this.element = el(
            "form",
            { class: "form", novalidate: true, on: { submit: (/** @type {Event} */ event) => this.#submit(event) } },
            this.call,
            el("div", { class: "fields" }, ...this.fields.map(({ element }) => element)),
            el("div", { class: "actions" }, this.save, this.undo),
            id ? el("section", { class: "facts" }, this.title, tasks) : null,
        );
    }

    focus() {
        this.fields[0]?.input.focus();
    }

    get #isWorthSaving() {
        return this.draft.dirty && Boolean(this.draft.value("name"));
    }

    #typed() {
        set(this.save, { disabled: !this.#isWorthSaving }); // Enter may follow before anything is drawn
        this.app.draw();
    }

    draw() {
        const { words, data } = this.app;
        const card = data.row("clients", this.id);
        if (card) {
            this.draft.follow(card);
        }
        const phone = card?.phone ? String(card.phone) : "";
        set(this.call, { hidden: !phone, href: `tel:${phone.replace(/[^+\d]/g, "")}` });
        this.call.replaceChildren(icon("phone"), phone);
        this.fields.forEach((field) => field.draw(false));
        set(this.save, { text: words.say(this.id ? "save" : "create"), disabled: !this.#isWorthSaving });
        set(this.undo, { text: words.say("undo_draft"), hidden: !this.draft.dirty });
        set(this.title, { text: words.say("client_tasks") });
        this.tasks.show([...data.rows("client_tasks")].reverse());
    }

    /** @param {Row} task */
    #makeTask({ id }) {
        const click = () => this.app.set({ open: { kind: "task", id } });
        return el("li", {}, el("button", { type: "button", class: "found-row", on: { click } }, el("span", { class: "found-name" }), el("span", { class: "hint" })));
    }

    /** @param {Element} element @param {Row} task */
    #drawTask(element, task) {
        const { words } = this.app;
        const [first, second] = element.firstElementChild?.children ?? [];
        set(/** @type {Element} */ (element.firstElementChild), { class: `found-row is-${task.status}` });
        set(/** @type {Element} */ (first), { text: task.title });
        first?.prepend(statusIcon(task.status));
        set(/** @type {Element} */ (second), { text: `${shortDay(words, task.day)}, ${timeOf(task)} · ${this.app.personName(task.employee_id)}` });
    }

    #undo() {
        this.draft.clear();
        this.app.draw();
    }

    /** @param {Event} event */
    #submit(event) {
        event.preventDefault();
        if (!this.#isWorthSaving) {
            return;
        }
        const typed = this.draft.typed;
        this.draft.clear();
        if (this.id) {
            updateClient(this.app, this.id, typed);
            this.app.draw();
        } else {
            createClient(this.app, typed);
            this.close();
        }
    }
}

/** @param {Record<string, any>} values */
export function clientDraft(values) {
    return new Draft(FIELDS, values);
}
