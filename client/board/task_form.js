/** A task in the panel: its fields, its status, its history and its attachments. */
import { create, remove, update } from "./acts.js";
import { shortDay } from "./dates.js";
import { el, icon, set } from "./dom.js";
import { Draft } from "./draft.js";
import { Field } from "./field.js";
import { minutes } from "./dates.js";
import { Attachments, Timeline } from "./task_facts.js";
import { StatusSteps } from "./status_steps.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./field.js").Shape} Shape */

const FIELDS = ["title", "client_card_id", "employee_id", "day", "starts", "ends", "note"];

export class TaskForm {
    #asked = false;

    /**
     * @param {App} app
     * @param {{id?: string, draft: Draft, close: () => void}} what `id` is missing of a new task
     */
    constructor(app, { id, draft, close }) {
        this.app = app;
        this.id = id;
        this.draft = draft;
        this.close = close;
        this.fields = shapes(app).map((shape) => new Field(app, draft, shape, () => this.#typed()));
        this.steps = new StatusSteps(app);
        this.timeline = new Timeline(app);
        this.attachments = new Attachments(app);
        this.problem = el("p", { class: "problem", role: "alert", hidden: true });
        this.gone = el("p", { class: "gone", hidden: true });
        this.save = el("button", { type: "submit", class: "primary" });
        this.undo = el("button", { type: "button", class: "quiet", on: { click: () => this.#undo() } });
        this.remove = el("button", { type: "button", class: "quiet danger", on: { click: () => this.#remove() } });
        this.element = el(
            "form",
            { class: "form", novalidate: true, on: { submit: (/** @type {Event} */ event) => this.#submit(event), keydown: (/** @type {KeyboardEvent} */ event) => this.#key(event) } },
            this.gone,
            id ? this.steps.element : null,
            el("div", { class: "fields" }, ...this.fields.map(({ element }) => element)),
            this.problem,
            el("div", { class: "actions" }, this.save, this.undo, id ? this.remove : null),
            ...(id ? [this.attachments.element, this.timeline.element] : []),
        );
    }

    focus() {
        this.fields[0]?.input.focus();
    }

    get #task() {
        return this.id ? this.app.task(this.id) : undefined;
    }

    get #isGone() {
        return this.id !== undefined && this.app.isGone(this.id);
    }

    draw() {
        const task = this.#task;
        const { words } = this.app;
        if (task) {
            this.draft.follow(task);
            this.steps.draw(task);
            this.timeline.draw();
            this.attachments.draw();
        }
        const isGone = this.#isGone;
        set(this.gone, { hidden: !isGone, text: isGone ? words.say("gone") : "" });
        this.fields.forEach((field) => field.draw(false));
        set(this.save, { text: words.say(!this.id ? "create" : isGone ? "create_again" : "save"), disabled: this.id !== undefined && !isGone && !this.draft.dirty });
        set(this.undo, { text: words.say("undo_draft"), hidden: !this.draft.dirty });
        set(this.remove, { hidden: isGone });
        this.remove.replaceChildren(icon("trash"), words.say(this.#asked ? "delete_yes" : "delete"));
    }

    #typed() {
        set(this.save, { disabled: false }); // Enter may follow before anything is drawn
        set(this.problem, { hidden: true, text: "" });
        this.app.draw();
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            this.element.requestSubmit();
        }
    }

    /** @param {Event} event */
    #submit(event) {
        event.preventDefault();
        const problem = this.#wrong();
        if (problem) {
            set(this.problem, { hidden: false, text: this.app.words.say(problem) });
            this.fields[problem === "title_needed" ? 0 : 5]?.input.focus();
            return;
        }
        this.#write();
    }

    /** @returns {string | undefined} */
    #wrong() {
        if (!this.draft.value("title")?.trim()) {
            return "title_needed";
        }
        return minutes(this.draft.value("ends")) <= minutes(this.draft.value("starts")) ? "time_order" : undefined;
    }

    #write() {
        if (this.id && !this.#isGone) {
            const typed = this.draft.typed;
            this.draft.clear();
            if (Object.keys(typed).length > 0) {
                update(this.app, this.id, typed);
                this.app.say("said_saved");
            }
        } else {
            const values = this.draft.all;
            this.draft.clear();
            create(this.app, values);
        }
        this.close();
    }

    #undo() {
        this.draft.clear();
        this.focus();
        this.app.draw();
    }

    #remove() {
        const task = this.#task;
        if (!this.#asked) {
            this.#asked = true;
            this.app.say("delete_sure");
            this.app.draw();
        } else if (task) {
            this.draft.clear();
            remove(this.app, task);
            this.close();
        }
    }
}

/** @param {Record<string, any>} values */
export function taskDraft(values) {
    return new Draft(FIELDS, values);
}

/** @param {App} app @returns {Shape[]} in the order of FIELDS */
function shapes(app) {
    return [
        { name: "title", type: "text", required: true },
        { name: "client_card_id", type: "select", options: () => [{ value: "", name: app.words.say("no_client") }, ...named(app.data.rows("clients"))], told: (id) => app.clientName(id) },
        { name: "employee_id", type: "select", options: () => named(app.data.rows("employees")), told: (id) => app.personName(id) },
        { name: "day", type: "date", required: true, told: (day) => shortDay(app.words, day) },
        { name: "starts", type: "time", required: true },
        { name: "ends", type: "time", required: true },
        { name: "note", type: "textarea" },
    ];
}

/** @param {readonly import("./layout.js").Row[]} rows */
function named(rows) {
    return rows.map(({ id, name }) => ({ value: id, name }));
}
