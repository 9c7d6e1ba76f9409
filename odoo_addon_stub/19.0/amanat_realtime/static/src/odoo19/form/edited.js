import { linesOf } from "./focus.js";
import { seenOf } from "./touches.js";

/** Says which fields of which records a form's user edits: its own and those of its lines. */
export class Edited {
    /** @type {Map<string, {model: string, id: number, companies: number[]}>}  what was said and not ended */
    #said = new Map();
    #ended = false;

    /** @param {{set: (owner: object, edited: object, bases: Record<string, unknown>) => void} | undefined} editing */
    constructor(editing) {
        this.editing = editing;
    }

    /**
     * @param {any} root  the record on screen
     * @param {number[]} companies  those switched on
     */
    say(root, companies) {
        if (this.#ended) {
            return;
        }
        const before = this.#said;
        this.#said = new Map();
        for (const record of [root, ...linesOf(root)].filter(({ resId }) => resId)) {
            const bases = seenOf(record);
            if (Object.keys(bases).length) {
                const edited = { model: record.resModel, id: record.resId, companies };
                this.#said.set(`${edited.model},${edited.id}`, edited);
                this.editing?.set(this, edited, bases);
            }
        }
        before.forEach((edited, key) => !this.#said.has(key) && this.editing?.set(this, edited, {}));
    }

    /** The form is no longer on screen. */
    end() {
        this.#ended = true;
        this.#said.forEach((edited) => this.editing?.set(this, edited, {}));
    }
}
