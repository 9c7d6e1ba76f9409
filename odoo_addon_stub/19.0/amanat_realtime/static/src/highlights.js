const SHOWN_MS = 3000;

/** So many records are remembered whose marks have faded, for as long as nothing may have been drawn since. */
const MOST_FADED = 500;

/**
 * Which cells and rows are to be marked as just changed. Kept apart from the records and keyed by id, so that
 * it survives whatever Odoo does with its records; the store is reactive in the browser.
 *
 * A tint fades by itself, and to draw a whole list only for taking a class off it is dear: that goes with whatever is drawn
 * next. Until then it is remembered how often it was marked, since another class is what makes it tint anew.
 *
 * @typedef {"delete" | "leave" | "stray"} Gone  stray: saved out of the list by its own user
 * @typedef {object} Mark
 * @property {number} [row]  how often it was marked; less than 0: that has faded
 * @property {Gone} [gone]
 * @property {Record<string, number>} cells  the same of each
 * @property {number} times  how often any of it was marked
 * @property {number} count  of the marks that have not faded
 * @typedef {Record<string, Mark>} Marks
 */
export class Highlights {
    /**
     * @param {Marks} marks
     * @param {(callback: () => void, delayMs: number) => unknown} setTimeout
     * @param {{bare?: Marks, isStill?: () => boolean}} [drawing]  bare: the same store, where what changes is drawn with whatever is
     *     drawn next; isStill: no tint fades, since the user asked for less motion
     */
    constructor(marks, setTimeout, { bare = marks, isStill = () => false } = {}) {
        this.marks = marks;
        this.setTimeout = setTimeout;
        this.bare = bare;
        this.isStill = isStill;
    }

    /**
     * @param {string} model
     * @param {number} id
     * @param {string[]} fields  marked anew when already marked: the fade starts over
     */
    cells(model, id, fields) {
        this.#mark(model, id, (mark) => {
            for (const field of fields) {
                mark.cells[field] = Math.abs(mark.cells[field] ?? mark.row ?? 0) + 1; // the row tints its cells
            }
        });
    }

    /**
     * @param {string} model
     * @param {number} id
     */
    row(model, id) {
        this.#mark(model, id, (mark) => {
            mark.row = Math.abs(mark.row ?? 0) + 1;
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
        const mark = this.#at(key);
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
        const mark = this.#at(key);
        mark.count++;
        mark.times++;
        change(mark);
        this.setTimeout(() => this.#fade(key), SHOWN_MS);
    }

    /** @param {string} key */
    #at(key) {
        return (this.marks[key] ??= { cells: {}, times: 0, count: 0 });
    }

    /** @param {string} key */
    #fade(key) {
        const mark = this.bare[key];
        if (!mark || --mark.count > 0) {
            return;
        }
        if (this.isStill() || !mark.times) {
            delete this.marks[key];
            return;
        }
        mark.row &&= -Math.abs(mark.row);
        for (const [field, times] of Object.entries(mark.cells)) {
            mark.cells[field] = -Math.abs(times);
        }
        const faded = Object.keys(this.bare).filter((key) => !this.bare[key]?.count);
        if (faded.length > MOST_FADED) {
            delete this.bare[faded[0] ?? ""];
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
    return [isOn(mark?.row) && "o_amanat_row_new", mark?.gone && mark.gone !== "stray" && "o_amanat_row_gone"].filter(Boolean).join(" ");
}

/**
 * @param {Marks | undefined} marks  none in a view that was open before this came
 * @param {{resModel: string, resId: number}} record
 * @param {string} field
 * @returns {string} class names for the cell; they alternate, which restarts the animation
 */
export function cellClass(marks, { resModel, resId }, field) {
    const times = marks?.[`${resModel},${resId}`]?.cells[field] ?? 0;
    return isOn(times) ? `o_amanat_cell_changed${again(times)}` : "";
}

/**
 * @param {Marks | undefined} marks  none in a view that was open before this came
 * @param {{resModel: string, resId: number}} record
 * @returns {string} class names for a card, which is marked as a whole; they alternate
 */
export function cardClass(marks, { resModel, resId }) {
    const mark = marks?.[`${resModel},${resId}`];
    const changed = Object.values(mark?.cells ?? {}).some(isOn);
    const classes = [isOn(mark?.row) && "o_amanat_card_new", changed && "o_amanat_card_changed"].filter(Boolean).join(" ");
    return classes && classes + again(mark?.times ?? 0);
}

/** @param {number} times */
function again(times) {
    return times % 2 ? "" : " o_amanat_again";
}

/** @param {number} [times] */
function isOn(times = 0) {
    return times > 0;
}
