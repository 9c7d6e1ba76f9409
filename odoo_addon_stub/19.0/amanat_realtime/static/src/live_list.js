import { decide, drawnValues, interest } from "./decisions.js";
import { RefreshQueue } from "./refresh_queue.js";

const MAX_RECORDS = 500;
/**
 * Why a view re-reads, and how far apart browsers do so: what concerns a few records is read soon. Anything else
 * makes every view of everybody read, often just when Odoo has too much to do.
 */
const SPREAD_MS = /** @type {Record<string, number>} */ ({ opened: 0, own: 0, deleted: 0, not_readable: 0, reconnected: 2000 });
const SPREAD_OF_OTHERS_MS = 3000;

/**
 * What a list on screen must offer; `odoo19/lists.js` has two: one that changes rows in place, and one that
 * reloads.
 *
 * @typedef {object} ListPort
 * @property {() => import("./decisions.js").ListView} describe
 * @property {(take: () => Map<number, Record<string, unknown>>, show: (drawn: Drawn) => void) => Promise<void>}
 *     patch  draws the values that `take` gives, as soon as no save is running, and says what it drew before the
 *     page is painted
 * @property {() => Promise<Drawn>} reread  reads the page again and merges it into what is on screen
 *
 * @typedef {object} Drawn
 * @property {Map<number, string[]>} changed  fields by record
 * @property {number[]} added  records that were not on screen before
 * @property {boolean} held  something stays as it is until the user has finished editing
 * @property {boolean} again  the user came in between: read once more
 *
 * @typedef {object} Surroundings
 * @property {import("./highlights.js").Highlights} highlights
 * @property {(error: unknown) => ListPort | undefined} replace  another way to draw, when this one is broken
 * @property {(...words: unknown[]) => void} debug
 * @property {Omit<import("./refresh_queue.js").RefreshPort, "run">} world
 */

/** One list on screen, kept fresh: values are drawn at once, the page is re-read when values are not enough. */
export class LiveList {
    /** Values that wait to be drawn, and the records among them that only this user changed. */
    #pending = /** @type {Map<number, Record<string, unknown>>} */ (new Map());
    #pendingOwn = /** @type {Set<number>} */ (new Set());
    #drawing = false;
    #held = false;
    /** How many messages this list has heard. */
    #heard = 0;
    /** Records that the next re-read is about, by whose change it was. */
    #others = /** @type {Set<number>} */ (new Set());
    #own = /** @type {Set<number>} */ (new Set());

    /**
     * @param {ListPort} list
     * @param {Surroundings} surroundings
     */
    constructor(list, surroundings) {
        this.list = list;
        this.surroundings = surroundings;
        this.queue = new RefreshQueue({ ...surroundings.world, run: () => this.#reread() });
    }

    /** What to watch, as a watch request says it. */
    interest() {
        const view = this.list.describe();
        return { model: view.model, fields: interest(view), companies: view.companies };
    }

    /**
     * Odoo begins to read what is to be on screen. What is heard before it has answered may be missing in the
     * answer, and is drawn into rows that the answer replaces: then the page is read once more.
     *
     * @returns {() => void} to be called when the answer is there
     */
    reading() {
        const heard = this.#heard;
        return () => {
            if (this.#heard !== heard) {
                this.queue.request();
            }
        };
    }

    /** @param {any} frame  a `list_update` */
    update(frame) {
        this.#heard++;
        const view = this.list.describe();
        const { patch, reread } = decide(frame, view);
        this.surroundings.debug(view.model, frame.op, patch ? "patch" : "", reread ? "re-read" : "");
        if (patch) {
            this.#draw(frame, view);
        }
        if (reread) {
            this.#expect(frame.own ? this.#own : this.#others, frame.records.map((/** @type {any} */ { id }) => id));
        }
    }

    /** @param {string} why */
    stale(why) {
        this.surroundings.debug("stale", why);
        this.#heard++;
        this.queue.request(SPREAD_MS[why] ?? SPREAD_OF_OTHERS_MS);
    }

    /**
     * This tab's own change is committed. The web client has drawn what it saved by id; what else it caused
     * (a button's work, a record made elsewhere) is read.
     *
     * @param {{op: string, ids: number[]}} receipt
     * @param {{expected: boolean}} known
     */
    receipt(receipt, { expected }) {
        this.#heard++;
        const { ids } = this.list.describe();
        const drawn = expected || (receipt.op === "create" && receipt.ids.every((id) => ids.has(id)));
        if (!drawn) {
            this.#expect(this.#own, receipt.ids);
        }
    }

    /** The user edits or selects something else, or nothing any more: draw what had to wait. */
    released() {
        if (this.#held) {
            this.#held = false;
            this.queue.request();
        }
    }

    close() {
        this.queue.close();
        this.#pending.clear();
    }

    /**
     * @param {Set<number>} whose
     * @param {number[]} ids
     */
    #expect(whose, ids) {
        ids.slice(0, MAX_RECORDS - whose.size).forEach((id) => whose.add(id));
        this.queue.request();
    }

    /**
     * @param {any} frame
     * @param {import("./decisions.js").ListView} view
     */
    #draw(frame, view) {
        for (const record of frame.records.filter((/** @type {any} */ { id }) => view.ids.has(id))) {
            this.#keepOwn(record.id, frame.own);
            this.#pending.set(record.id, { ...this.#pending.get(record.id), ...drawnValues(record, frame, view) });
        }
        if (this.#pending.size > MAX_RECORDS) {
            this.#pending.clear();
            this.queue.request();
        } else if (!this.#drawing) {
            this.#drawing = true;
            void this.#drawPending();
        }
    }

    /**
     * Own as long as nobody else's change waits for the same record.
     *
     * @param {number} id
     * @param {boolean | undefined} own
     */
    #keepOwn(id, own) {
        if (!own) {
            this.#pendingOwn.delete(id);
        } else if (!this.#pending.has(id)) {
            this.#pendingOwn.add(id);
        }
    }

    async #drawPending() {
        try {
            let own = this.#pendingOwn;
            const take = () => {
                const taken = this.#pending;
                own = this.#pendingOwn;
                this.#drawing = false;
                this.#pending = new Map();
                this.#pendingOwn = new Set();
                return taken;
            };
            await this.list.patch(take, (drawn) => this.#show(drawn, own));
        } catch (error) {
            this.#drawing = false;
            this.#fallBack(error);
            this.queue.request();
        }
    }

    async #reread() {
        const [own, others] = [this.#own, this.#others];
        this.#own = new Set();
        this.#others = new Set();
        try {
            const drawn = await this.list.reread();
            this.#show({ ...drawn, added: drawn.added.filter((id) => others.has(id)) }, own);
            if (drawn.again) {
                this.queue.request();
            }
        } catch (error) {
            own.forEach((id) => this.#own.add(id));
            others.forEach((id) => this.#others.add(id));
            this.#fallBack(error);
            throw error;
        }
    }

    /**
     * @param {Drawn} drawn
     * @param {Set<number>} quiet  records whose change needs no mark
     */
    #show({ changed, added, held }, quiet) {
        const { model } = this.list.describe();
        const { highlights } = this.surroundings;
        this.#held ||= held;
        for (const [id, fields] of [...changed].filter(([id]) => !quiet.has(id))) {
            highlights.cells(model, id, fields);
        }
        for (const id of added.filter((id) => !quiet.has(id))) {
            highlights.row(model, id);
        }
    }

    /** @param {unknown} error */
    #fallBack(error) {
        this.list = this.surroundings.replace(error) ?? this.list;
    }
}
