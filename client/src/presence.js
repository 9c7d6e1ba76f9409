/**
 * Who else is at a record, as a view hears it.
 *
 * @typedef {object} Presence
 * @property {string} model
 * @property {number} id
 * @property {{id: number, name?: string, editing?: string[]}[]} people  without this user; no `name`: this user may not
 *     see it; `editing`: the fields that are edited, as far as this user may read them
 * @property {number} more  how many others there are
 */

/** Who else is where, as far as the views of this tab were told. What is told is the whole state of a record. */
export class Presences {
    /** @type {Map<import("./watches.js").Watch, Map<number, Presence>>}  only records where somebody is */
    #known = new Map();

    /** @param {(watch: import("./watches.js").Watch, presence: Presence) => void} tell */
    constructor(tell) {
        this.tell = tell;
    }

    /**
     * @param {import("./watches.js").Watch} watch
     * @param {import("./frames.js").PresenceFrame} frame
     * @param {number | undefined} me  this user, who is left out
     */
    told(watch, { model, id, people, more = 0 }, me) {
        const others = people
            .filter(({ user }) => user.id !== me)
            .map(({ user, editing }) => ({ ...user, ...(editing && { editing }) }));
        this.#note(watch, { model, id, people: others, more });
    }

    /**
     * Records are out of sight: nobody is there any more, as far as this view is concerned.
     *
     * @param {import("./watches.js").Watch} watch
     * @param {number[]} ids
     */
    gone(watch, ids) {
        for (const id of ids) {
            const known = this.#known.get(watch)?.get(id);
            if (known) {
                this.#note(watch, { ...known, people: [], more: 0 });
            }
        }
    }

    /** Nothing is known any more; the next session tells it anew. */
    lost() {
        for (const [watch, known] of this.#known) {
            this.gone(watch, [...known.keys()]);
        }
    }

    /** @param {import("./watches.js").Watch} watch */
    forget(watch) {
        this.#known.delete(watch);
    }

    /**
     * @param {import("./watches.js").Watch} watch
     * @param {Presence} presence
     */
    #note(watch, presence) {
        const known = this.#known.get(watch) ?? new Map();
        const somebody = presence.people.length > 0 || presence.more > 0;
        if (somebody) {
            this.#known.set(watch, known.set(presence.id, presence));
        } else if (!known.delete(presence.id)) {
            return; // only this user is there
        }
        this.tell(watch, presence);
    }
}
