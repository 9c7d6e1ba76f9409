/**
 * How a view of sums is read unseen by its user: with a copy of its model, and drawn only if the user has begun nothing
 * meanwhile. A model of Odoo's reads as a whole and says `update` when it has drawn.
 */
export class AggregateReading {
    /** How often the view has been drawn. */
    #drawn = 0;
    /**
     * What the user began last, until it is answered. Odoo never answers what something later has overtaken, so nothing
     * earlier counts. @type {object | undefined}
     */
    #begun;

    /**
     * @param {any} model
     * @param {(copy: any) => Promise<(() => void) | undefined>} read  reads with the copy, and returns what draws the answer,
     *     unless nothing differs
     */
    constructor(model, read) {
        this.model = model;
        this.read = read;
        model.bus.addEventListener("update", () => this.#drawn++);
    }

    /**
     * What the user does by way of these methods is under way until they have answered.
     *
     * @param {string[]} methods
     */
    follow(methods) {
        for (const method of methods) {
            const original = this.model[method];
            this.model[method] = async (/** @type {unknown[]} */ ...args) => {
                const mine = (this.#begun = {});
                try {
                    return await original.apply(this.model, args);
                } finally {
                    this.#begun = this.#begun === mine ? undefined : this.#begun;
                }
            };
        }
    }

    /** @returns {Promise<"done" | "busy">} */
    async reload() {
        const { model } = this;
        await model.whenReady;
        if (this.#isBusy()) {
            return "busy";
        }
        const drawn = this.#drawn;
        const draw = await this.read(Object.create(model, { orm: { value: model.orm.silent, writable: true } }));
        if (this.#drawn !== drawn || this.#isBusy()) {
            return "busy";
        }
        draw?.();
        return "done";
    }

    #isBusy() {
        return Boolean(this.#begun || this.model.race?.getCurrentProm());
    }
}
