/**
 * What somebody edits of one record: for each field what it held when the user began.
 *
 * @typedef {Record<string, unknown>} Bases
 *
 * @typedef {object} Edited
 * @property {string} model
 * @property {number} id
 * @property {number[]} [companies]
 *
 * @typedef {object} Conflict  somebody else, or this user in another tab (`own`), has changed what is edited here
 * @property {string} model
 * @property {number} id
 * @property {Record<string, {base: unknown, theirs?: unknown}>} fields  `base`: what the user began with; no `theirs`: to be read
 * @property {{id: number, name: string}} user
 * @property {string} at
 * @property {boolean} [own]
 */

/** One record and everybody in this tab who edits it: a form, a row, code of another add-on. */
class Entry {
    /** @type {Map<unknown, Bases>} */
    owners = new Map();
    /** @type {{set: (fields: string[]) => void, end: () => void} | undefined} */
    touch;

    /** @param {Edited} edited */
    constructor(edited) {
        this.edited = edited;
    }

    /** @returns {Bases} who began first knows what a field held */
    get bases() {
        return Object.assign({}, ...[...this.owners.values()].reverse());
    }
}

/** What this tab's user edits, told to the bridge: others may see it, and whoever writes the same is heard of here. */
export class EditingState {
    /** @type {Map<string, Entry>} */
    #entries = new Map();
    /** @type {Set<(conflict: Conflict) => void>} */
    #listeners = new Set();

    /**
     * @param {object} port
     * @param {(model: string) => boolean} port.isLive
     * @param {(spec: object, handlers: object) => {set: (fields: string[]) => void, end: () => void}} port.touch
     * @param {(message: string) => void} port.warn
     */
    constructor(port) {
        this.port = port;
    }

    /**
     * The user edits these fields of a record, besides those touched before.
     *
     * @param {string} model
     * @param {number} id
     * @param {Bases} bases
     */
    touch(model, id, bases) {
        const before = this.#entries.get(key({ model, id }))?.owners.get(this) ?? {};
        this.set(this, { model, id }, { ...bases, ...before });
    }

    /**
     * The user does not edit these fields any more, or nothing of the record.
     *
     * @param {string} model
     * @param {number} id
     * @param {string[]} [names]
     */
    untouch(model, id, names) {
        const before = this.#entries.get(key({ model, id }))?.owners.get(this) ?? {};
        const left = Object.entries(before).filter(([name]) => names && !names.includes(name));
        this.set(this, { model, id }, Object.fromEntries(left));
    }

    /**
     * @param {string} model
     * @param {number} id
     * @param {string} [name]  of one field; without it: of any
     */
    isEditing(model, id, name) {
        const bases = this.#entries.get(key({ model, id }))?.bases;
        return bases !== undefined && (name === undefined || name in bases);
    }

    /**
     * What a field held when the user began to edit it.
     *
     * @param {string} model
     * @param {number} id
     * @param {string} name
     */
    base(model, id, name) {
        return this.#entries.get(key({ model, id }))?.bases[name];
    }

    /**
     * @param {(conflict: Conflict) => void} callback
     * @returns {() => void} ends listening
     */
    onConflict(callback) {
        this.#listeners.add(callback);
        return () => this.#listeners.delete(callback);
    }

    /**
     * All that one owner edits of a record now; nothing ends it.
     *
     * @param {unknown} owner
     * @param {Edited} edited
     * @param {Bases} bases
     */
    set(owner, edited, bases) {
        const entry = this.#entries.get(key(edited)) ?? new Entry(edited);
        if (Object.keys(bases).length) {
            entry.owners.set(owner, bases);
            this.#entries.set(key(edited), entry);
        } else {
            entry.owners.delete(owner);
        }
        this.#say(entry);
    }

    /** What is live is known now: what is edited may not have been said. */
    sayAll() {
        this.#entries.forEach((entry) => this.#say(entry));
    }

    /** @param {Entry} entry */
    #say(entry) {
        const { edited, touch } = entry;
        const fields = Object.keys(entry.bases);
        if (!entry.owners.size) {
            this.#entries.delete(key(edited));
            touch?.end();
        } else if (touch) {
            touch.set(fields);
        } else if (edited.id && this.port.isLive(edited.model)) {
            entry.touch = this.port.touch({ ...edited, fields }, { conflict: (frame) => this.#heard(entry, frame) });
        }
    }

    /**
     * @param {Entry} entry
     * @param {any} frame
     */
    #heard(entry, { model, id, fields, user, at, own }) {
        const { bases } = entry;
        const contested = Object.entries(fields).map(([name, field]) => [name, { ...field, base: bases[name] }]);
        const conflict = { model, id, fields: Object.fromEntries(contested), user, at, ...(own && { own }) };
        for (const listener of [...this.#listeners]) {
            try {
                listener(conflict);
            } catch (error) {
                this.port.warn(`whoever listens to conflicts failed: ${error}`);
            }
        }
    }
}

function key({ model, id }) {
    return `${model},${id}`;
}
