/** A banner goes so long after the last that it tells of. */
const SHOWN_MS = 10_000;
/** The most lines of it; the oldest make room. */
const MOST = 3;

/**
 * One line of the banner: somebody changed many records of a model, in one transaction or several.
 *
 * @typedef {object} Line
 * @property {string} key
 * @property {string} title  what the view calls its records; may be empty
 * @property {string} name  who did it; may be empty
 * @property {number} before  how many records were told of before the last transaction
 * @property {number} count  how many the last one changed; NaN: nobody can say
 * @property {number} offset  of the last one
 *
 * @typedef {{model: string, offset: number, count?: number, user: {id: number, name: string}}} Bulk
 */

/** What one tab says of changes of many records at once: a banner for all of its views, for a while. */
export class Bulks {
    /** Whether the user is at the banner just now. */
    attended = () => false;
    #timer;

    /**
     * @param {Omit<import("../refresh_queue.js").RefreshPort, "run">} world
     * @param {Line[]} lines  reactive in the browser
     */
    constructor(world, lines) {
        this.world = world;
        this.lines = lines;
    }

    /**
     * Several views hear of the same; it is told once.
     *
     * @param {Bulk} bulk
     * @param {string} title
     */
    heard({ model, offset, count = NaN, user }, title) {
        const key = `${model},${user.id}`;
        const line = this.lines.find((line) => line.key === key);
        if (line?.offset === offset) {
            line.count = Math.max(line.count, count);
        } else if (line) {
            Object.assign(line, { before: line.before + line.count, count, offset });
        } else {
            this.lines.push({ key, title, name: user.name, before: 0, count, offset });
            this.lines.splice(0, this.lines.length - MOST);
        }
        this.#wait();
    }

    /** The user has seen it. */
    dismiss() {
        this.world.clearTimeout(this.#timer);
        this.lines.splice(0);
    }

    /** Nobody loses what they could not read yet, or are about to press. */
    #wait() {
        this.world.clearTimeout(this.#timer);
        this.#timer = this.world.setTimeout(() => {
            if (this.world.hidden() || this.attended()) {
                this.#wait();
            } else {
                this.dismiss();
            }
        }, SHOWN_MS);
    }
}
