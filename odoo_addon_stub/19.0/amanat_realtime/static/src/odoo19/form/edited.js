import { seenOf } from "./touches.js";

/** Says which fields of which records the user of a form or a list edits. */
export class Edited {
    /** @type {Map<string, {model: string, id: number, companies: number[]}>}  what was said and not ended */
    #said = new Map();
    #ended = false;

    /** @param {import("../../editing_state.js").EditingState | undefined} editing */
    constructor(editing) {
        this.editing = editing;
    }

    /**
     * @param {any[]} records  those on screen
     * @param {number[]} companies  those switched on
     */
    say(records, companies) {
        if (this.#ended) {
            return;
        }
        const before = this.#said;
        this.#said = new Map();
        for (const record of records.filter(({ resId }) => resId)) {
            const bases = seenOf(record);
            if (Object.keys(bases).length) {
                const edited = { model: record.resModel, id: record.resId, companies };
                this.#said.set(`${edited.model},${edited.id}`, edited);
                this.editing?.set(this, edited, bases);
            }
        }
        before.forEach((edited, key) => !this.#said.has(key) && this.editing?.set(this, edited, {}));
    }

    /** The view is no longer on screen. */
    end() {
        this.#ended = true;
        this.#said.forEach((edited) => this.editing?.set(this, edited, {}));
    }
}
