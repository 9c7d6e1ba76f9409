import { RefreshQueue } from "../refresh_queue.js";
import { decideForm } from "./form_decisions.js";

/** Why a form re-reads, and how far apart browsers do so: one record is read soon, but not by all at once. */
const SPREAD_MS = /** @type {Record<string, number>} */ ({ opened: 0, own: 0, deleted: 0, not_readable: 0, refused: 0 });
const SPREAD_OF_OTHERS_MS = 2000;

/**
 * What a form on screen must offer; `odoo19/form/merged_form.js` has it.
 *
 * @typedef {object} FormPort
 * @property {() => import("./form_decisions.js").FormView} describe
 * @property {(take: () => Map<string, News>) => Promise<void>} draw  merges what `take` says into the record, as soon
 *     as no save is running
 * @property {(news: Map<string, Who> | undefined) => Promise<Outcome>} read  reads these fields, or all, and merges them
 * @property {(op: "leave" | "delete", who: Who) => Promise<void>} gone  the record is no longer there for this user
 * @property {() => Promise<void>} release  draws what waited until the user had left a field
 *
 * @typedef {import("./touches.js").Who} Who
 * @typedef {{value: unknown, who: Who}} News  a field's new value, and whose it is
 * @typedef {"done" | "superseded" | "gone"} Outcome  superseded: the record was saved or loaded while it was read
 *
 * @typedef {object} Surroundings
 * @property {(error: unknown) => boolean} isOdooError  Odoo said no or was not there, as opposed to a fault in here
 * @property {(error: unknown) => void} failed  what is on screen cannot be merged
 * @property {(...words: unknown[]) => void} debug
 * @property {Omit<import("../refresh_queue.js").RefreshPort, "run">} world
 */

/** One form on screen, kept fresh: values are drawn at once, the record is read when values are not enough. */
export class LiveForm {
    /** @type {Map<string, News>} */
    #pending = new Map();
    #drawing = false;
    /** What the next read is to bring: everything, or some fields. */
    #whole = false;
    /** @type {Map<string, Who>} */
    #unread = new Map();
    /** How many messages this form has heard. */
    #heard = 0;
    #gone = false;

    /**
     * @param {FormPort} form
     * @param {Surroundings} surroundings
     */
    constructor(form, surroundings) {
        this.form = form;
        this.surroundings = surroundings;
        this.queue = new RefreshQueue({ ...surroundings.world, run: () => this.#read() });
    }

    /**
     * Odoo begins to read what is to be on screen. What is heard before it has answered may be missing in the answer.
     *
     * @returns {() => void} to be called when the answer is there
     */
    reading() {
        const heard = this.#heard;
        return () => {
            this.#gone = false;
            if (this.#heard !== heard) {
                this.#readAll();
            }
        };
    }

    /** @param {any} frame  a `form_update`, of whatever `op` */
    update(frame) {
        this.#heard++;
        const who = whoOf(frame);
        if (frame.op === "leave" || frame.op === "delete") {
            this.#gone = true;
            this.#pending.clear();
            void this.#guarded(() => this.form.gone(frame.op, who));
            return;
        }
        if (this.#gone) {
            this.#readAll(); // it is back
            return;
        }
        const { values, read } = decideForm(frame, this.form.describe());
        this.surroundings.debug("form", frame.op, Object.keys(values).length ? "draw" : "", read.length ? "read" : "");
        Object.entries(values).forEach(([name, value]) => this.#pending.set(name, { value, who }));
        if (this.#pending.size && !this.#drawing) {
            this.#drawing = true;
            void this.#guarded(() => this.form.draw(() => this.#take()));
        }
        this.#expect(read, who);
    }

    /**
     * Somebody has changed lines of a field, added some, or taken some away.
     *
     * @param {string} field
     * @param {any} [frame]  nothing when what has happened is not known
     */
    linesChanged(field, frame) {
        this.#heard++;
        this.#expect([field], frame ? whoOf(frame) : {});
    }

    /** @param {string} why */
    stale(why) {
        this.surroundings.debug("form stale", why);
        this.#heard++;
        this.#readAll(SPREAD_MS[why] ?? SPREAD_OF_OTHERS_MS);
    }

    /**
     * This tab's own change is committed. What the form saved it has drawn; a change that came about elsewhere in this
     * tab is read.
     *
     * @param {{op: string, ids: number[]}} receipt
     * @param {{expected: boolean}} known
     */
    receipt(receipt, { expected }) {
        this.#heard++;
        const { id } = this.form.describe();
        if (!expected && receipt.ids.some((other) => other === id)) {
            this.#readAll();
        }
    }

    /** The server has refused a save, because somebody else's value is there. */
    refused() {
        this.#heard++;
        this.#readAll();
    }

    /** The user has left a field: draw what had to wait for that. */
    released() {
        void this.#guarded(() => this.form.release());
    }

    close() {
        this.queue.close();
        this.#pending.clear();
    }

    /**
     * @param {string[]} fields
     * @param {Who} who
     */
    #expect(fields, who) {
        fields.forEach((field) => this.#unread.set(field, who));
        if (fields.length) {
            this.queue.request();
        }
    }

    /** @param {number} [spreadMs] */
    #readAll(spreadMs = 0) {
        this.#whole = true;
        this.queue.request(spreadMs);
    }

    #take() {
        const taken = this.#pending;
        this.#drawing = false;
        this.#pending = new Map();
        return taken;
    }

    async #read() {
        const [whole, unread] = [this.#whole, this.#unread];
        this.#whole = false;
        this.#unread = new Map();
        try {
            const outcome = await this.form.read(whole ? undefined : unread);
            this.#gone = outcome === "gone";
            if (outcome === "superseded") {
                this.#readAll();
            }
        } catch (error) {
            this.#whole ||= whole;
            unread.forEach((who, field) => this.#unread.set(field, who));
            this.#complain(error);
            throw error;
        }
    }

    /** @param {() => Promise<void>} work */
    async #guarded(work) {
        try {
            await work();
        } catch (error) {
            this.#drawing = false;
            this.#complain(error);
        }
    }

    /**
     * What fails because the form is no longer on screen, or Odoo cannot answer, is no fault.
     *
     * @param {unknown} error
     */
    #complain(error) {
        if (this.queue.state !== "closed" && !this.surroundings.isOdooError(error)) {
            this.surroundings.failed(error);
        }
    }
}

/** @param {{user?: {name?: string}, own?: boolean}} frame */
function whoOf({ user, own }) {
    return { name: user?.name, own: own === true };
}
