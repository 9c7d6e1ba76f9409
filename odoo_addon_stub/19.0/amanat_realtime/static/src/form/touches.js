/**
 * Who saved a value, as a frame or Odoo's answer says it.
 *
 * @typedef {object} Who
 * @property {string} [name]  nothing when it is not known
 * @property {boolean} [own]  this user, in another tab
 *
 * @typedef {object} Touch  one field that the user has begun to change
 * @property {unknown} base  what it held then
 * @property {{value: unknown, who: Who}} [theirs]  what somebody else has saved in it since
 */

/** What a user has begun to change in one record, and what somebody else has saved there meanwhile. */
export class Touches {
    /** @type {Map<string, Touch>} */
    #fields = new Map();

    /** @param {(field: string, one: unknown, other: unknown) => boolean} same */
    constructor(same) {
        this.same = same;
    }

    /**
     * The user begins to change a field; nothing when they have before.
     *
     * @param {string} field
     * @param {unknown} base  what Odoo last said that it holds
     */
    begin(field, base) {
        if (!this.#fields.has(field)) {
            this.#fields.set(field, { base });
        }
    }

    /** @param {string} field  saved, given up, or never really changed */
    end(field) {
        this.#fields.delete(field);
    }

    clear() {
        this.#fields.clear();
    }

    /** @param {string} field */
    has(field) {
        return this.#fields.has(field);
    }

    names() {
        return [...this.#fields.keys()];
    }

    /**
     * What a save of the field must find in Odoo, so that nobody's value is lost.
     *
     * @param {string} field
     */
    base(field) {
        return this.#fields.get(field)?.base;
    }

    /**
     * Somebody else has saved a value. It is no conflict when it is what the user began with, or what they want.
     *
     * @param {string} field
     * @param {unknown} value
     * @param {unknown} mine  what the user has in the field; undefined while they are still typing
     * @param {Who} who
     */
    heard(field, value, mine, who) {
        const touch = this.#fields.get(field);
        if (touch) {
            touch.theirs = this.same(field, value, touch.base) ? undefined : { value, who };
            this.changed(field, mine);
        }
    }

    /**
     * The user has changed the field once more: perhaps to what the others have.
     *
     * @param {string} field
     * @param {unknown} mine
     */
    changed(field, mine) {
        const theirs = this.#fields.get(field)?.theirs;
        if (theirs && mine !== undefined && this.same(field, theirs.value, mine)) {
            this.keepMine(field);
        }
    }

    /**
     * The user has seen the other value and writes over it.
     *
     * @param {string} field
     */
    keepMine(field) {
        const theirs = this.#fields.get(field)?.theirs;
        if (theirs) {
            this.#fields.set(field, { base: theirs.value });
        }
    }

    /** @returns {{field: string, base: unknown, theirs: unknown, who: Who}[]} what the user has to answer */
    conflicts() {
        return [...this.#fields].flatMap(([field, { base, theirs }]) =>
            theirs ? [{ field, base, theirs: theirs.value, who: theirs.who }] : []
        );
    }
}
