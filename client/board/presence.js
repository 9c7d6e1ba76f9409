/**
 * Who else is on the plan, and in which slot somebody types. Only a slot and a state travel; names are known from the list of
 * employees.
 */

/** @typedef {import("./app.js").App} App */
/** @typedef {{id: string, name: string, color?: string}} Somebody */
/** @typedef {{slot?: string, state?: string}} Place */

const VIEWING = "viewing";
const EDITING = "editing";

export class Presence {
    /** @type {{topic: any, plan: string} | undefined} */
    #joined;
    /** @type {Map<string, Place[]>} what each person does, on all their devices */
    #people = new Map();
    #told = "";

    /** @param {App} app */
    constructor(app) {
        this.app = app;
    }

    /** Follows the plan on the board, and tells where I am. */
    update() {
        const plan = this.app.plan;
        const id = plan && !plan.$temp ? plan.id : undefined;
        if (this.#joined?.plan !== id) {
            this.#leave();
            if (id) {
                this.#join(id);
            }
        }
        this.#tell();
    }

    /** @param {string} plan */
    #join(plan) {
        const presence = (/** @type {Record<string, Place[]>} */ people) => {
            this.#people = new Map(Object.entries(people));
            this.app.draw();
        };
        this.#joined = { plan, topic: this.app.tables.topic(`presence:plan:${plan}`, { presence }) };
    }

    #leave() {
        this.#joined?.topic.end();
        this.#joined = undefined;
        this.#people = new Map();
        this.#told = "";
    }

    #tell() {
        const slot = this.#slot();
        const state = slot ? EDITING : VIEWING;
        if (this.#joined && this.#told !== state + slot) {
            this.#told = state + slot;
            this.#joined.topic.track(slot ? { slot, state } : { state });
        }
    }

    /** The task that is open, or the slot of the new one. */
    #slot() {
        const { open } = this.app.state;
        if (open?.kind === "task") {
            return open.id;
        }
        return open?.kind === "new" ? `${open.values.employee_id}/${open.values.day}` : "";
    }

    /** @returns {Somebody[]} everybody else */
    others() {
        return [...this.#people.keys()].filter((id) => id !== this.app.tables.me).map((id) => this.#somebody(id));
    }

    /** @returns {Map<string, Somebody[]>} who edits, by slot */
    editors() {
        /** @type {Map<string, Somebody[]>} */
        const found = new Map();
        for (const [id, places] of this.#people) {
            for (const { slot, state } of places) {
                if (slot && state === EDITING && id !== this.app.tables.me) {
                    const here = found.get(slot) ?? [];
                    found.set(slot, here.some((each) => each.id === id) ? here : [...here, this.#somebody(id)]);
                }
            }
        }
        return found;
    }

    /** @param {string} id @returns {Somebody} */
    #somebody(id) {
        const color = this.app.data.row("employees", id)?.color;
        return { id, name: this.app.personName(id), color };
    }
}
