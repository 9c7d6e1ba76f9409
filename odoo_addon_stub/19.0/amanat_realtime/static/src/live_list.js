import { decide, drawnValues, interest } from "./decisions.js";
import { Recount } from "./list/recount.js";
import { RefreshQueue } from "./refresh_queue.js";
import { merged } from "./steps.js";

const MAX_RECORDS = 500;
/**
 * Why a view re-reads, and how far apart browsers do so: what concerns a few records is read soon. Anything else
 * makes every view of everybody read, often just when Odoo has too much to do.
 */
const SPREAD_MS = /** @type {Record<string, number>} */ ({
    opened: 0,
    own: 0,
    deleted: 0,
    not_readable: 0,
    filter: 0,
    paused: 0,
    reconnected: 2000,
});
const SPREAD_OF_OTHERS_MS = 3000;

/**
 * What a list on screen must offer; `odoo19/lists.js` has two: one that changes rows in place, and one that
 * reloads.
 *
 * @typedef {object} ListPort
 * @property {() => import("./decisions.js").ListView} describe
 * @property {(take: () => Map<number, import("./steps.js").Step>, show: (drawn: Drawn) => void, marks: Marking, waits: () => boolean) => Promise<void>}
 *     draw  does with the rows what `take` says, as soon as no save is running, and says what it drew before the
 *     page is painted; waits: rows are left out, or are where they were
 * @property {(all: boolean, marks: Marking) => Promise<Drawn>} reread  reads the page again and merges it into what is on screen; all: also
 *     what would make the page jump
 * @property {() => boolean} [isStill]  rows that come or move must wait
 * @property {(ids: number[], marks: Marking) => Promise<Drawn>} read  reads these records and draws their values
 * @property {(frame: any) => void} [heard]  a frame came
 * @property {(ids: number[]) => number[]} strays  which rows among these no longer look as if they belonged
 * @property {(ids: number[]) => number[]} [linger]  which of these rows stay nevertheless until their user has left them
 * @property {() => boolean} [left]  whether they may go now
 *
 * @typedef {Pick<import("./highlights.js").Highlights, "cells" | "row">} Marking  marks what is drawn, in the same breath: a mark
 *     that comes a little later has Odoo render the whole list once more
 *
 * @typedef {object} Drawn
 * @property {boolean} held  something stays as it is until the user has finished editing
 * @property {{id: number, name: string, gone: import("./steps.js").Gone}[]} kept  rows that should be gone, were not somebody
 *     writing in them
 * @property {boolean} again  what is on screen is not right yet: read the page
 * @property {Waiting} [waiting]  what is left out, where that is known anew
 * @property {{shown: number[], arriving: number[], further: object[]}} [still]  while nothing may come or move: what is on
 *     screen, what belongs where it is not shown, and the rows that belong on one of the next pages
 *
 * @typedef {{coming: Set<unknown>, moved: Set<unknown>}} Waiting  records that wait until the user wants to see them come, or move
 *
 * @typedef {object} Surroundings
 * @property {import("./highlights.js").Highlights} highlights
 * @property {(error: unknown) => ListPort | undefined} replace  another way to draw, when this one is broken
 * @property {(kept: Drawn["kept"][number]) => void} tellKept  a row that somebody writes in should be gone
 * @property {(waiting: Waiting) => void} [tellWaiting]  rows wait
 * @property {(...words: unknown[]) => void} debug
 * @property {Omit<import("./refresh_queue.js").RefreshPort, "run">} world
 */

/** One list on screen, kept fresh: values are drawn at once, the page is re-read when values are not enough. */
export class LiveList {
    /** Whether a frame says what it means for this list, or only for what its user may read. */
    filtered = false;
    /** What waits to be drawn, and the records among them that only this user changed. */
    #pending = /** @type {Map<number, import("./steps.js").Step>} */ (new Map());
    #pendingOwn = /** @type {Set<number>} */ (new Set());
    #drawing = false;
    #held = false;
    /** Take the marks off rows that should be gone. */
    #unmark = /** @type {(() => void)[]} */ ([]);
    /** Take the marks off rows that their user has saved out of the list. */
    #unmarkStrays = /** @type {(() => void)[]} */ ([]);
    /** How many messages this list has heard. */
    #heard = 0;
    /** What the next read is to bring: the page, or the values of some records. */
    #page = false;
    #unread = /** @type {Set<number>} */ (new Set());
    /** What would make the page jump, and whether the user wants to see it now. */
    #waiting = nothingWaits();
    #all = false;
    /** Rows are where they were when their user saved them, since the page was read: what is last on it may not be so by its values. */
    #isAsSaved = false;
    /** Records that the next reading of the page is about, by whose change it was. */
    #others = /** @type {Set<number>} */ (new Set());
    #own = /** @type {Set<number>} */ (new Set());

    /**
     * @param {ListPort} list
     * @param {Surroundings} surroundings
     */
    constructor(list, surroundings) {
        this.list = list;
        this.surroundings = surroundings;
        this.queue = new RefreshQueue({ ...surroundings.world, run: () => this.#read() });
        this.recount = new Recount(surroundings.world, (spreadMs) => this.#readPage(spreadMs));
    }

    /**
     * The bridge tells from here on, perhaps what it has told before.
     *
     * @param {boolean} filtered
     */
    opened(filtered) {
        this.filtered = filtered;
        this.recount.answered();
    }

    /** What to watch, as a watch request says it. */
    interest() {
        const view = this.list.describe();
        const { model, domain, order, companies } = view;
        return { model, fields: interest(view), domain, order, companies };
    }

    /**
     * Odoo begins to read what is to be on screen. What is heard before it has answered may be missing in the
     * answer, and is drawn into rows that the answer replaces: then the page is read once more. So it is when a group is
     * unfolded, which may bring rows that wait elsewhere.
     *
     * @param {boolean} [wholePage]
     * @returns {() => void} to be called when the answer is there
     */
    reading(wholePage = false) {
        const heard = this.#heard;
        this.recount.asked();
        return () => {
            this.recount.answered();
            if (wholePage) {
                this.#isAsSaved = false;
                this.recount.begins();
                this.#wait(nothingWaits());
            }
            if (this.#heard !== heard || this.#waits()) {
                this.#readPage();
            }
        };
    }

    /** @param {any} frame  a `list_update`, of whatever `op` */
    update(frame) {
        this.#heard++;
        const view = this.#view();
        const { draw, place, read, page } = decide(frame, view, this.filtered);
        this.surroundings.debug(view.model, frame.op, draw ? "draw" : "", read.length ? "read" : "", page ? "re-read" : "");
        if (draw || this.queue.state === "running") {
            this.#draw(frame, view, place); // what is being read may bring the row, as it was before
        }
        if (place && !view.whole && frame.records.some((/** @type {any} */ { id }) => !view.ids.has(id))) {
            this.recount.heard(frame.at, this.queue.state === "running");
        }
        if (page) {
            this.#expect(frame.own ? this.#own : this.#others, frame.records.map((/** @type {any} */ { id }) => id));
        } else if (read.length) {
            read.forEach((id) => this.#unread.add(id));
            read.forEach((id) => (frame.own ? this.#own.add(id) : this.#own.delete(id)));
            this.queue.request();
        }
    }

    /** @param {string} why */
    stale(why) {
        this.surroundings.debug("stale", why);
        this.#heard++;
        this.#readPage(SPREAD_MS[why] ?? SPREAD_OF_OTHERS_MS);
    }

    /**
     * This tab's own change is committed. The web client has drawn what it saved by id; what else it caused
     * (a button's work, a record made elsewhere) is read. Nothing more is heard of a row that its user has taken out
     * of what the list shows: it goes when they have left it.
     *
     * @param {{op: string, ids: number[]}} receipt
     * @param {{expected: boolean}} known
     */
    receipt(receipt, { expected }) {
        this.#heard++;
        const { model, ids } = this.list.describe();
        const drawn = expected || (receipt.op === "create" && receipt.ids.every((id) => ids.has(id)));
        this.#isAsSaved ||= receipt.ids.some((id) => ids.has(id));
        const strays = this.filtered ? this.list.strays(receipt.ids) : [];
        const staying = this.list.linger?.(strays) ?? [];
        this.#unmarkStrays.push(...staying.map((id) => this.surroundings.highlights.kept(model, id, "stray")));
        if (!drawn || strays.length > staying.length) {
            this.#expect(this.#own, receipt.ids);
        }
    }

    /** The user has gone to another row, or elsewhere: those that they have saved out of the list may go. */
    left() {
        if (this.list.left?.()) {
            this.#unmarkStrays.splice(0).forEach((unmark) => unmark());
            this.#readPage();
        }
    }

    /** The user wants to see what waits. */
    showAll() {
        this.#all = true;
        this.#readPage();
    }

    /** The user edits, selects or looks at something else, or nothing any more: draw what had to wait. */
    released() {
        this.left();
        if (this.#held) {
            this.#held = false;
            this.#unmarkKept();
            this.#readPage();
        } else {
            this.scrolled();
        }
    }

    #waits() {
        return this.#waiting.coming.size + this.#waiting.moved.size > 0;
    }

    /** The user has scrolled, perhaps to the top: nothing has to wait there. */
    scrolled() {
        if (this.#waits() && !this.list.isStill?.()) {
            this.#readPage();
        }
    }

    close() {
        this.#unmarkKept();
        this.#unmarkStrays.forEach((unmark) => unmark());
        this.queue.close();
        this.recount.asked();
        this.#pending.clear();
    }

    #unmarkKept() {
        this.#unmark.splice(0).forEach((unmark) => unmark());
    }

    /**
     * @param {Set<number>} whose
     * @param {number[]} ids
     */
    #expect(whose, ids) {
        ids.slice(0, MAX_RECORDS - whose.size).forEach((id) => whose.add(id));
        this.#readPage();
    }

    /** @param {number} [spreadMs] */
    #readPage(spreadMs = 0) {
        this.#page = true;
        this.queue.request(spreadMs);
    }

    /** The list as it is when what waits is drawn. */
    #view() {
        const view = this.list.describe();
        const coming = [...this.#pending].filter(([id, { insert }]) => insert && !view.ids.has(id)).map(([id]) => id);
        return { ...view, first: view.first && !this.#waits() && (view.whole || !this.#isAsSaved), ids: new Set([...view.ids, ...coming]) };
    }

    /**
     * @param {any} frame
     * @param {import("./decisions.js").ListView} view
     * @param {boolean} place
     */
    #draw(frame, view, place) {
        for (const record of frame.records) {
            this.#keepOwn(record.id, frame.own);
            this.#waiting.moved.delete(record.id); // one that is gone waits no more; of another, drawing tells
            this.#pending.set(record.id, merged(this.#pending.get(record.id), stepOf(record, frame, view, place)));
        }
        if (this.#pending.size > MAX_RECORDS) {
            this.#pending.clear();
            this.#readPage();
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
            let [taken, own] = [this.#pending, this.#pendingOwn];
            const take = () => {
                [taken, own] = [this.#pending, this.#pendingOwn];
                this.#drawing = false;
                this.#pending = new Map();
                this.#pendingOwn = new Set();
                return taken;
            };
            const show = (/** @type {Drawn} */ drawn) => {
                this.#show(drawn);
                const left = [...taken.keys()].filter((id) => drawn.again && taken.get(id)?.insert);
                left.forEach((id) => this.#expect(own.has(id) ? this.#own : this.#others, [id]));
            };
            await this.list.draw(take, show, this.#marking(() => own), () => this.#waits());
        } catch (error) {
            this.#drawing = false;
            this.#fallBack(error);
            this.#readPage();
        }
    }

    /** The page brings the values of its records, too; what cannot be read by itself may be read with the page. */
    async #read() {
        const [unread, own] = [[...this.#unread], this.#own];
        this.#unread = new Set();
        if (this.#page || unread.length === 0) {
            return this.#reread();
        }
        this.#own = new Set();
        try {
            this.#show(await this.list.read(unread, this.#marking(() => own)));
        } catch (error) {
            this.surroundings.debug("records could not be read", error);
            this.#readPage();
        }
    }

    async #reread() {
        const [own, others, all] = [this.#own, this.#others, this.#all];
        this.#page = false;
        this.#all = false;
        this.#isAsSaved = false;
        this.#own = new Set();
        this.#others = new Set();
        this.recount.asked();
        try {
            const waited = this.#waiting.coming;
            const marks = this.#marking(() => own, (id) => others.has(id) || waited.has(id));
            const drawn = await this.list.reread(all, marks);
            this.recount.answered();
            this.#show(drawn);
        } catch (error) {
            this.#page = true;
            this.#isAsSaved = true;
            this.#all ||= all;
            own.forEach((id) => this.#own.add(id));
            others.forEach((id) => this.#others.add(id));
            this.#fallBack(error);
            throw error;
        }
    }

    /**
     * @param {() => Set<number>} quiet  records whose change needs no mark
     * @param {(id: number) => boolean} [isNew]  whether a row that comes is new
     * @returns {Marking}
     */
    #marking(quiet, isNew = () => true) {
        const { highlights } = this.surroundings;
        return {
            cells: (model, id, fields) => quiet().has(id) || highlights.cells(model, id, fields),
            row: (model, id) => quiet().has(id) || !isNew(id) || highlights.row(model, id),
        };
    }

    /** @param {Drawn} drawn */
    #show({ held, kept, again, waiting }) {
        this.#held ||= held;
        for (const row of kept) {
            this.#unmark.push(this.surroundings.highlights.kept(this.list.describe().model, row.id, row.gone.op));
            this.surroundings.tellKept(row);
        }
        if (waiting) {
            this.#wait(waiting);
        }
        if (again) {
            this.#readPage();
        }
    }

    /** @param {Waiting} waiting */
    #wait(waiting) {
        this.#waiting = waiting;
        this.surroundings.tellWaiting?.(waiting);
    }

    /** @param {unknown} error */
    #fallBack(error) {
        this.list = this.surroundings.replace(error) ?? this.list;
    }
}

/** @returns {Waiting} */
function nothingWaits() {
    return { coming: new Set(), moved: new Set() };
}

/**
 * @param {any} record
 * @param {any} frame
 * @param {import("./decisions.js").ListView} view
 * @param {boolean} place
 * @returns {import("./steps.js").Step}
 */
function stepOf(record, frame, view, place) {
    const gone = frame.op === "leave" || frame.op === "delete";
    const counts = place && !view.ids.has(record.id) ? (gone ? -1 : 1) : 0;
    return gone
        ? { values: {}, insert: false, counts, gone: { op: frame.op, by: frame.user?.name } }
        : { values: drawnValues(record, frame, view), insert: place, counts };
}
