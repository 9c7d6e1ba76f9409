/** One field of a form: what is typed in it is never overwritten; what somebody else made of it stands beside it, to be taken or not. */
import { el, set } from "./dom.js";
import { options as choices } from "./toolbar.js";
import { shortTime } from "./dates.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {{value: string, name: string}} Option */
/**
 * @typedef {object} Shape
 * @property {string} name of the column
 * @property {"text" | "textarea" | "date" | "time" | "select" | "tel"} type
 * @property {boolean} [required]
 * @property {() => Option[]} [options] of a select
 * @property {(value: string) => string} [told] a value in words
 */

let fields = 0;

export class Field {
    /** @param {App} app @param {Draft} draft @param {Shape} shape @param {() => void} changed */
    constructor(app, draft, shape, changed) {
        this.app = app;
        this.draft = draft;
        this.shape = shape;
        this.changed = changed;
        const id = `field-${++fields}`;
        this.input = input(shape, id);
        this.input.addEventListener("input", () => this.#typed());
        this.input.setAttribute("aria-describedby", `${id}-theirs`);
        this.label = el("label", { for: id });
        this.theirs = el("span", { class: "theirs-text" });
        this.take = el("button", { type: "button", class: "link", on: { click: () => this.#answer(true) } });
        this.keep = el("button", { type: "button", class: "link", on: { click: () => this.#answer(false) } });
        this.chip = el("div", { class: "theirs", id: `${id}-theirs`, hidden: true }, this.theirs, this.take, this.keep);
        this.element = el("div", { class: `field field-${shape.name}` }, this.label, this.input, this.chip);
    }

    #typed() {
        this.draft.type(this.shape.name, this.input.value === "" ? null : this.input.value);
        this.changed();
    }

    /** @param {boolean} theirs */
    #answer(theirs) {
        if (theirs) {
            this.draft.drop(this.shape.name);
        } else {
            this.draft.keep(this.shape.name);
        }
        this.input.focus();
        this.changed();
    }

    /** @param {boolean} readOnly */
    draw(readOnly) {
        const { words } = this.app;
        const { name, options } = this.shape;
        set(this.label, { text: words.say(`field_${name}`) });
        if (options) {
            choices(/** @type {HTMLSelectElement} */ (this.input), options());
        }
        const value = this.draft.value(name) ?? "";
        set(this.input, { value, disabled: readOnly && options !== undefined, readonly: readOnly && !options });
        this.#drawTheirs();
    }

    #drawTheirs() {
        const { words } = this.app;
        const { name, told = plain } = this.shape;
        const differs = this.draft.differs(name);
        const field = words.say(`field_${name}`);
        if (differs) {
            const value = this.draft.theirs(name);
            set(this.theirs, { text: words.say("theirs", { name: this.app.personName(this.draft.row.updated_by), value: value ? told(value) : words.say("empty") }) });
            set(this.take, { text: words.say("take"), "aria-label": words.say("take_label", { field }) });
            set(this.keep, { text: words.say("keep"), "aria-label": words.say("keep_label", { field }) });
        }
        set(this.chip, { hidden: !differs });
    }
}

/** @param {string} value */
function plain(value) {
    return /^\d\d:\d\d:\d\d/.test(value) ? shortTime(value) : value;
}

/** @param {Shape} shape @param {string} id @returns {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} */
function input({ type, name, required = false }, id) {
    const attributes = { id, name, required, autocomplete: "off" };
    if (type === "select") {
        return el("select", attributes);
    }
    return type === "textarea" ? el("textarea", { ...attributes, rows: "3" }) : el("input", { ...attributes, type });
}
