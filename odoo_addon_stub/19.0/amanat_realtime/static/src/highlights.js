const SHOWN_MS = 3000;

/**
 * Which cells and rows are to be marked as just changed. Kept apart from the records and keyed by id, so that
 * it survives whatever Odoo does with its records; the store is reactive in the browser.
 *
 * @typedef {"delete" | "leave" | "stray"} Gone  stray: saved out of the list by its own user
 * @typedef {Record<string, {row?: boolean, gone?: Gone, cells: Record<string, number>, count: number}>} Marks
 */
export class Highlights {
    /**
     * @param {Marks} marks
     * @param {(callback: () => void, delayMs: number) => unknown} setTimeout
     */
    constructor(marks, setTimeout) {
        this.marks = marks;
        this.setTimeout = setTimeout;
    }

    /**
     * @param {string} model
     * @param {number} id
     * @param {string[]} fields  marked anew when already marked: the fade starts over
     */
    cells(model, id, fields) {
        this.#mark(model, id, (mark) => {
            for (const field of fields) {
                mark.cells[field] = (mark.cells[field] ?? 0) + 1;
            }
        });
    }

    /**
     * @param {string} model
     * @param {number} id
     */
    row(model, id) {
        this.#mark(model, id, (mark) => {
            mark.row = true;
        });
    }

    /**
     * A row that should be gone stays for a while: marked until the returned function is called.
     *
     * @param {string} model
     * @param {number} id
     * @param {Gone} why
     * @returns {() => void}
     */
    kept(model, id, why) {
        const key = `${model},${id}`;
        this.marks[key] ??= { cells: {}, count: 0 };
        const mark = this.marks[key];
        mark.count += mark.gone ? 0 : 1;
        mark.gone = why;
        return () => {
            const now = this.marks[key];
            if (now?.gone) {
                now.gone = undefined;
                this.#fade(key);
            }
        };
    }

    /**
     * @param {string} model
     * @param {number} id
     * @param {(mark: Marks[string]) => void} change
     */
    #mark(model, id, change) {
        const key = `${model},${id}`;
        this.marks[key] ??= { cells: {}, count: 0 };
        const mark = this.marks[key];
        mark.count++;
        change(mark);
        this.setTimeout(() => this.#fade(key), SHOWN_MS);
    }

    /** @param {string} key */
    #fade(key) {
        const mark = this.marks[key];
        if (mark && --mark.count === 0) {
            delete this.marks[key];
        }
    }
}

/**
 * @param {Marks | undefined} marks  none in a view that was open before this came
 * @param {{resModel: string, resId: number}} record
 * @returns {Gone | undefined} why a row that is still there should be gone
 */
export function whyGone(marks, { resModel, resId }) {
    return marks?.[`${resModel},${resId}`]?.gone;
}

/**
 * @param {Marks | undefined} marks  none in a view that was open before this came
 * @param {{resModel: string, resId: number}} record
 * @returns {string} class names for the row
 */
export function rowClass(marks, { resModel, resId }) {
    const mark = marks?.[`${resModel},${resId}`];
    return [mark?.row && "o_amanat_row_new", mark?.gone && mark.gone !== "stray" && "o_amanat_row_gone"].filter(Boolean).join(" ");
}

/**
 * @param {Marks | undefined} marks  none in a view that was open before this came
 * @param {{resModel: string, resId: number}} record
 * @param {string} field
 * @returns {string} class names for the cell; they alternate, which restarts the animation
 */
export function cellClass(marks, { resModel, resId }, field) {
    const times = marks?.[`${resModel},${resId}`]?.cells[field] ?? 0;
    const classes = ["", "o_amanat_cell_changed", "o_amanat_cell_changed o_amanat_again"];
    return classes[times && 2 - (times % 2)] ?? "";
}

/**
 * @param {Marks | undefined} marks  none in a view that was open before this came
 * @param {{resModel: string, resId: number}} record
 * @returns {string} class names for a card, which is marked as a whole; they alternate
 */
export function cardClass(marks, { resModel, resId }) {
    const mark = marks?.[`${resModel},${resId}`];
    const times = Object.values(mark?.cells ?? {}).reduce((sum, count) => sum + count, 0);
    return [mark?.row && "o_amanat_card_new", times && "o_amanat_card_changed", times && times % 2 === 0 && "o_amanat_again"].filter(Boolean).join(" ");
}
