/**
 * Who else is at a record: those who are named one by one, and how many others.
 *
 * @typedef {{id: number, name?: string, editing?: string[]}} Person  no `name`: this user may not see it; `editing`: the
 *     fields, as far as this user may read them
 * @typedef {{people: Person[], more: number}} Here
 *
 * @typedef {Record<string, Here>} Shown  by record, only where somebody is
 */

/** Who else is at the records on screen, as the watches of this tab are told. */
export class Presence {
    /** What each watch was told, the latest watch last. @type {Set<Map<string, Here>>} */
    #told = new Set();

    /**
     * @param {any} client
     * @param {Shown} shown  reactive: the components that draw it follow
     */
    constructor(client, shown) {
        this.client = client;
        this.shown = shown;
    }

    /**
     * Watches as the client does, and shows who else is at the records watched.
     *
     * @param {object} spec
     * @param {object} handlers
     * @param {object} [mark]
     * @returns {() => void} ends both
     */
    watch(spec, handlers, mark) {
        const told = new Map();
        this.#told.add(told);
        const presence = (/** @type {any} */ frame) => this.#hear(told, frame);
        const end = this.client.watch({ ...spec, presence: true }, { ...handlers, presence }, mark);
        return () => {
            end();
            this.#told.delete(told);
            told.forEach((_here, key) => this.#show(key));
        };
    }

    /**
     * @param {Map<string, Here>} told
     * @param {{model: string, id: number} & Here} frame
     */
    #hear(told, { model, id, people, more }) {
        const key = keyOf(model, id);
        if (people.length || more) {
            told.set(key, { people, more });
        } else {
            told.delete(key);
        }
        this.#show(key);
    }

    /** @param {string} key */
    #show(key) {
        const here = [...this.#told].map((told) => told.get(key)).findLast(Boolean);
        if (here) {
            this.shown[key] = here;
        } else {
            delete this.shown[key];
        }
    }
}

/**
 * @param {Shown | undefined} shown  none in a view that was open before this came
 * @param {{resModel: string, resId: number | false}} record  of Odoo's model
 * @returns {Here | undefined}
 */
export function hereAt(shown, { resModel, resId }) {
    return resId ? shown?.[keyOf(resModel, resId)] : undefined;
}

/**
 * Those who are drawn, editors first, and how many are only counted.
 *
 * @param {Here} here
 * @param {number} most
 */
export function faces({ people, more }, most) {
    const sorted = [...people.filter(({ editing }) => editing), ...people.filter(({ editing }) => !editing)];
    return { shown: sorted.slice(0, most), more: more + Math.max(0, sorted.length - most) };
}

function keyOf(model, id) {
    return `${model},${id}`;
}
