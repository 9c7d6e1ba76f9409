/**
 * What somebody types over a row, beside what the row is meanwhile. Nothing here ever changes what was typed: a change by
 * somebody else to a field that was typed in is told as a difference, to be taken or not.
 */

/** @typedef {import("./layout.js").Row} Row */
/** @typedef {Record<string, string | null>} Values */

export class Draft {
    /** @type {Values} what was typed */
    #mine = {};
    /** @type {Values} what each typed field was when typing began, or when somebody else's value was last answered */
    #base = {};

    /**
     * @param {readonly string[]} fields
     * @param {Record<string, any>} row as it is now; of a new task, what it begins with
     */
    constructor(fields, row) {
        this.fields = fields;
        this.row = row;
    }

    /** The row as it is now. @param {Record<string, any>} row */
    follow(row) {
        this.row = row;
        for (const field of Object.keys(this.#mine)) {
            if (!(field in this.#base)) {
                this.keep(field);
            }
            if (this.theirs(field) === this.#mine[field]) {
                this.drop(field);
            }
        }
    }

    /** @param {string} field @param {string | null} value */
    type(field, value) {
        if (!(field in this.#mine)) {
            this.#base[field] = this.theirs(field);
        }
        this.#mine[field] = value;
        if (value === this.theirs(field)) {
            this.drop(field);
        }
    }

    /**
     * What was saved and refused is typed again, over what the row is when that is known; what was typed since counts more.
     *
     * @param {Record<string, any>} values
     */
    bringBack(values) {
        for (const field of this.fields.filter((each) => each in values && !(each in this.#mine))) {
            this.#mine[field] = normal(values[field]);
        }
    }

    /** @param {string} field @returns {string | null} what the field shows */
    value(field) {
        return field in this.#mine ? /** @type {string | null} */ (this.#mine[field]) : this.theirs(field);
    }

    /** @param {string} field @returns {string | null} what it is without me */
    theirs(field) {
        return normal(this.row[field]);
    }

    /** @param {string} field whether somebody else changed what I type in */
    differs(field) {
        return field in this.#base && this.theirs(field) !== this.#base[field];
    }

    /** Takes somebody else's value. @param {string} field */
    drop(field) {
        delete this.#mine[field];
        delete this.#base[field];
    }

    /** Keeps mine, knowing theirs. @param {string} field */
    keep(field) {
        this.#base[field] = this.theirs(field);
    }

    /** @returns {Values} */
    get typed() {
        return { ...this.#mine };
    }

    get dirty() {
        return Object.keys(this.#mine).length > 0;
    }

    /** @returns {Values} all fields as shown, without the empty ones */
    get all() {
        return Object.fromEntries(this.fields.map((field) => [field, this.value(field)]).filter(([, value]) => value !== null));
    }

    clear() {
        this.#mine = {};
        this.#base = {};
    }
}

/** PostgreSQL's times end in seconds, those of a field do not; an empty field is no value. @param {unknown} value */
function normal(value) {
    if (value === null || value === undefined || value === "") {
        return null;
    }
    const text = String(value);
    return /^\d\d:\d\d:00(\.0+)?$/.test(text) ? text.slice(0, 5) : text;
}
