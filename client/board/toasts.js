/** Short messages at the bottom: what was refused and what to do. They stay until dismissed; nothing else is worth one. */
import { el, icon } from "./dom.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {{code?: string, table?: string, id?: string, column?: string, message?: string, op?: string, values?: Record<string, any>, index?: number, steps?: any[]}} Refusal */

const MOST = 4;

/** What a row is called of which no more is known. @type {Record<string, string>} */
const KINDS = { task: "task", plan: "plan", client_card: "client_details" };

export class Toasts {
    /** @param {App} app @param {import("./drafts.js").Drafts} drafts */
    constructor(app, drafts) {
        this.app = app;
        this.drafts = drafts;
        this.element = el("div", { class: "toasts", role: "region", "aria-live": "assertive", "aria-label": "…" });
    }

    draw() {
        this.element.setAttribute("aria-label", this.app.words.say("dismiss"));
    }

    /** @param {Refusal} refusal */
    refused(refusal) {
        const { words } = this.app;
        const key = `refused_${refusal.code}`;
        const row = refusal.id ? (this.app.task(refusal.id) ?? this.app.data.row("clients", refusal.id)) : undefined;
        const what = refusal.values?.title ?? refusal.values?.name ?? row?.title ?? row?.name ?? words.say(KINDS[refusal.table ?? ""] ?? "this_change");
        const column = refusal.column && words.has(`field_${refusal.column}`) ? words.say(`field_${refusal.column}`) : (refusal.column ?? "–");
        /** @type {import("./app.js").Open | undefined} */
        const open = this.drafts.bringBack(refusal) ?? (row?.title ? { kind: "task", id: row.id } : undefined);
        this.show({ text: words.say(words.has(key) ? key : "refused_other", { what, column }), open, bad: true });
    }

    /** @param {{text: string, open?: import("./app.js").Open, bad?: boolean}} toast */
    show({ text, open, bad = false }) {
        const { words } = this.app;
        const toast = el(
            "div",
            { class: `toast${bad ? " is-bad" : ""}` },
            icon("warn"),
            el("p", { text }),
            open ? el("button", { type: "button", class: "link", text: words.say("show_it"), on: { click: () => this.app.set({ open }) } }) : null,
            el("button", { type: "button", class: "icon-button", "aria-label": words.say("dismiss"), title: words.say("dismiss"), on: { click: () => toast.remove() } }, icon("close")),
        );
        this.element.append(toast);
        this.element.scrollTop = this.element.scrollHeight;
        this.#makeRoom();
    }

    /** A refusal is the only way back to what was typed: it goes when its reader says so. */
    #makeRoom() {
        const older = [...this.element.children].slice(0, -1);
        const spare = older.filter((each) => !each.matches(".is-bad"));
        spare.slice(0, Math.max(0, this.element.children.length - MOST)).forEach((each) => each.remove());
    }
}
