/**
 * What a user had before their eyes when they began to change a field: others' values that arrive later do not
 * count as seen, although they are drawn elsewhere.
 */
export class SeenValues {
    /** @type {WeakMap<object, Record<string, any>>} */
    #seen = new WeakMap();

    /** Keeps the value a field has now, unless one is kept already. */
    keep(record, name, value) {
        const seen = this.#seen.get(record) ?? {};
        if (!(name in seen)) {
            seen[name] = value;
        }
        this.#seen.set(record, seen);
    }

    /** @returns {Record<string, any>} by field */
    of(record) {
        return this.#seen.get(record) ?? {};
    }

    forget(record) {
        this.#seen.delete(record);
    }
}
