import { describe } from "./describe.js";
import { emptyDrawing, rereadRoot } from "./merge.js";
import { applyValues } from "./values.js";

/** @typedef {any} RelationalModel  the model behind one of Odoo's list views */

/** A list whose rows are changed in place: nothing the user does is disturbed. */
export class MergedList {
    /**
     * @param {RelationalModel} model
     * @param {(model: string) => string[] | null} defaultOrder
     */
    constructor(model, defaultOrder) {
        this.model = model;
        this.describe = () => describe(model, defaultOrder);
    }

    async patch(take, show) {
        await this.model.whenReady;
        await this.model.mutex.exec(() => {
            const drawn = emptyDrawing();
            const values = take();
            for (const record of this.model.root.records) {
                if (values.has(record.resId)) {
                    applyValues(record, values.get(record.resId), drawn);
                }
            }
            show(drawn);
        });
    }

    async reread() {
        await this.model.whenReady;
        const drawn = emptyDrawing();
        const outcome = await this.model.mutex.exec(() => rereadRoot(this.model, drawn));
        if (outcome === "page gone") {
            await this.model.root.load({ offset: 0 });
        }
        return drawn;
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
    }

    async patch(take) {
        take();
    }

    async reread() {
        await this.model.whenReady;
        const { root } = this.model;
        if (root.editedRecord || root.selection.length) {
            return { ...emptyDrawing(), held: true };
        }
        await root.load();
        return emptyDrawing();
    }
}
