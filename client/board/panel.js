/** Beside the board: a task, the client cards, or one of them. Drafts outlive it: closing it throws nothing away. */
import { ClientCard, ClientSearch } from "./clients.js";
import { el, icon, set } from "./dom.js";
import { keyOf } from "./drafts.js";
import { TaskForm } from "./task_form.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./app.js").Open} Open */

/** @type {Record<Open["kind"], string>} */
const TITLES = { task: "task", new: "new_task", clients: "clients", client: "client_details", new_client: "client_new" };

export class Panel {
    /** @type {{key: string, part: {element: HTMLElement, id?: string, draw(): void, focus(): void}} | undefined} */
    #shown;

    /** @param {App} app @param {{closed: () => void, drafts: import("./drafts.js").Drafts}} means */
    constructor(app, { closed, drafts }) {
        this.app = app;
        this.closed = closed;
        this.drafts = drafts;
        app.renames.push((ids) => this.#rename(ids));
        this.title = el("h2", { id: "panel-title" });
        this.back = el("button", { type: "button", class: "icon-button", on: { click: () => app.set({ open: { kind: "clients" } }) } }, icon("left"));
        this.shut = el("button", { type: "button", class: "icon-button", on: { click: () => this.close() } }, icon("close"));
        this.inside = el("div", { class: "panel-inside" });
        this.element = el("aside", { class: "panel", "aria-labelledby": "panel-title", hidden: true, on: { keydown: (/** @type {KeyboardEvent} */ event) => this.#key(event) } }, el("header", { class: "panel-head" }, this.back, this.title, this.shut), this.inside);
    }

    /** @param {string} id whether somebody typed into this task and did not save it */
    hasDraft(id) {
        return this.drafts.has({ kind: "task", id });
    }

    draw() {
        const { open } = this.app.state;
        const { words } = this.app;
        set(this.element, { hidden: !open });
        if (!open) {
            this.#shown?.part.element.remove();
            this.#shown = undefined;
            return;
        }
        set(this.title, { text: words.say(TITLES[open.kind]) });
        set(this.back, { hidden: open.kind !== "client" && open.kind !== "new_client", "aria-label": words.say("client_back"), title: words.say("client_back") });
        set(this.shut, { "aria-label": words.say("close"), title: `${words.say("close")} (Esc)` });
        const fresh = this.#part(open);
        this.#shown?.part.draw();
        if (fresh) {
            this.#shown?.part.focus();
        }
    }

    /** @param {Open} open @returns {boolean} whether it was not shown yet */
    #part(open) {
        const key = keyOf(open);
        if (this.#shown?.key === key) {
            return false;
        }
        this.drafts.forgetClean();
        const part = this.#make(open);
        this.#shown = { key, part };
        this.inside.replaceChildren(part.element);
        this.inside.scrollTop = 0;
        return true;
    }

    /** @param {Open} open */
    #make(open) {
        const close = () => this.close();
        switch (open.kind) {
            case "task":
                this.app.tables.seen("task", open.id);
                return new TaskForm(this.app, { id: open.id, draft: this.drafts.of(open), close });
            case "new":
                return new TaskForm(this.app, { draft: this.drafts.of(open), close });
            case "clients":
                return new ClientSearch(this.app);
            case "client":
                return new ClientCard(this.app, { id: open.id, draft: this.drafts.of(open), close });
            case "new_client":
                return new ClientCard(this.app, { draft: this.drafts.of(open), close: () => this.app.set({ open: { kind: "clients" } }) });
        }
    }

    /** @param {Map<any, any>} ids */
    #rename(ids) {
        for (const [from, to] of ids) {
            this.drafts.rename(from, to);
            const shown = this.#shown;
            if (shown && (shown.key === `task ${from}` || shown.key === `client ${from}`)) {
                shown.key = shown.key.replace(String(from), String(to));
                shown.part.id = to;
            }
        }
    }

    close() {
        this.app.set({ open: undefined });
        // The next key is meant for the board, though the panel is there until the next frame.
        if (this.element.contains(document.activeElement) && document.activeElement instanceof HTMLElement) {
            document.activeElement.blur();
        }
        this.closed();
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        if (event.key === "Escape") {
            event.preventDefault();
            event.stopPropagation();
            this.close();
        }
    }
}
