import { toRaw } from "@odoo/owl";
import { describe, straysAmong } from "./describe.js";
import { drawSteps } from "./draw.js";
import { emptyDrawing, isWritten, lingering, rereadRoot, silently } from "./merge.js";
import { isAccessError } from "./requests.js";
import { applyValues } from "./values.js";

/** @typedef {any} RelationalModel  the model behind one of Odoo's list views */

/** A list whose rows are changed in place: nothing the user does is disturbed. */
export class MergedList {
    /** The row that the user has clicked or focused last, by its datapoint's id. @type {string | undefined} */
    visited;
    #lingering = [];

    /**
     * @param {RelationalModel} model
     * @param {(model: string) => string[] | null} defaultOrder
     * @param {() => boolean} [isStill]  nothing may come or move: the user has scrolled, or selects
     */
    constructor(model, defaultOrder, isStill = () => false) {
        this.model = model;
        this.isStill = isStill;
        this.describe = () => describe(model, defaultOrder);
        this.strays = (ids) => straysAmong(model.root, ids);
        this.reloaded = () => new ReloadedList(model, defaultOrder);
    }

    /** @returns {number[]} which of these rows, that belong here no more, stay until their user has left them */
    linger(ids) {
        const staying = this.model.root.records.filter((record) => ids.includes(record.resId) && this.#isAt(record));
        staying.forEach((record) => lingering.add(toRaw(record)));
        this.#lingering.push(...staying);
        return staying.map(({ resId }) => resId);
    }

    /** @returns {boolean} whether rows that stayed may go now */
    left() {
        const rows = this.#lingering;
        if (!rows.length || rows.some((record) => this.#isAt(record))) {
            return false;
        }
        rows.forEach((record) => lingering.delete(toRaw(record)));
        this.#lingering = [];
        return true;
    }

    #isAt({ id, selected }) {
        return (id === this.visited || selected) && this.model.root.records.some((record) => record.id === id);
    }

    async draw(take, show, marks, waits) {
        await this.whenFree(async () => {
            const drawn = emptyDrawing(marks);
            await drawSteps(this, take(), drawn, waits());
            show(drawn);
        });
    }

    async read(ids, marks) {
        const drawn = emptyDrawing(marks);
        await this.whenFree(() => readRecords(this.model, ids, drawn));
        return drawn;
    }

    async reread(all, marks) {
        const drawn = emptyDrawing(marks);
        const isStill = () => !all && this.isStill();
        const outcome = await this.whenFree(() => orDenied(this.model, () => this.rereadRoot(drawn, isStill), drawn));
        if (outcome === "page gone") {
            await this.model.root.load({ offset: 0 });
        } else if (outcome !== "denied") {
            await this.readAround(drawn);
        }
        return drawn;
    }

    /** Reads what is shown beside the rows. */
    async readAround(_drawn) {}

    rereadRoot(drawn, isStill) {
        return rereadRoot(this.model, drawn, { isStill });
    }

    /** Does this between the user's own saves and reads. */
    async whenFree(work) {
        await this.model.whenReady;
        return this.model.mutex.exec(work);
    }
}

/** A list that can only be reloaded; done when the user is neither editing nor selecting. */
export class ReloadedList {
    /**
     * @param {RelationalModel} model
     * @param {(model: string) => string[] | null} defaultOrder
     */
    constructor(model, defaultOrder) {
        this.model = model;
        this.describe = () => ({ ...describe(model, defaultOrder), patchable: new Set() });
        this.strays = (ids) => straysAmong(model.root, ids);
    }

    async draw(take, show) {
        take();
        show({ ...emptyDrawing(), again: true });
    }

    async read() {
        return this.reread();
    }

    async reread() {
        await this.model.whenReady;
        const { root } = this.model;
        if (root.editedRecord || root.selection.length) {
            return { ...emptyDrawing(), held: true };
        }
        const drawn = emptyDrawing();
        await orDenied(this.model, () => this.load(), drawn);
        return drawn;
    }

    load() {
        return this.model.root.load();
    }
}

/** One read of the rows concerned, as Odoo reads them; rows that are no longer on screen are left out. */
async function readRecords(model, ids, drawn) {
    const { root } = model;
    const resIds = ids.filter((id) => root.records.some((record) => record.resId === id));
    const rows = await silently(model)._loadRecords({ ...root.config, resId: false, resIds });
    const values = new Map(rows.map((row) => [row.id, row]));
    for (const record of root.records.filter(({ resId }) => values.has(resId))) {
        applyValues(record, values.get(record.resId), drawn);
    }
}

/** What may no longer be read goes from the screen, and Odoo's own answer is shown instead. */
async function orDenied(model, reading, drawn) {
    try {
        return await reading();
    } catch (error) {
        if (!isAccessError(error)) {
            throw error;
        }
        empty(model.root, drawn);
        void Promise.reject(error); // to whom it falls to show errors
        return "denied";
    }
}

function empty(root, drawn) {
    const stays = (group) => group.list.records.some(isWritten);
    drawn.held = root.records.some(isWritten);
    if (root.groups) {
        root.groups = root.groups.filter(stays);
        root.count = root.groups.length;
    } else {
        root.records = root.records.filter(isWritten);
        root.count = root.records.length;
    }
}
