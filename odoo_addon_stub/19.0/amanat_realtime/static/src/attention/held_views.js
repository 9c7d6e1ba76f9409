/** Messages kept for one view that is held still; of more it reads itself once when it goes on. */
const MAX_HELD = 200;
/** What others do to what is on screen; the rest is an answer to what this tab does itself. */
const OF_OTHERS = ["update", "gone", "stale"];

/**
 * @typedef {object} HeldView
 * @property {any} spec  what is watched, as a watch request says it
 * @property {any} handlers
 * @property {[name: string, what: any][]} held
 *
 * @typedef {object} HeldViewsPort
 * @property {(frame: any) => void} heard  a view was told of a change
 * @property {(what: any) => void} kept  a view will be: a frame, or why the view is to read
 * @property {(error: unknown) => void} failed
 */

/** The views of one tab that watch something. While they are held still, what they are to draw is kept. */
export class HeldViews {
    still = false;
    /** @type {Set<HeldView>} */
    #views = new Set();

    /** @param {HeldViewsPort} port */
    constructor(port) {
        this.port = port;
    }

    /** @returns what is watched now */
    get specs() {
        return [...this.#views].map(({ spec }) => spec);
    }

    /**
     * @param {HeldView["spec"]} spec
     * @param {any} handlers  of a watch
     * @returns {{handlers: any, end: () => void}} handlers to watch with instead
     */
    add(spec, handlers) {
        /** @type {HeldView} */
        const view = { spec, handlers, held: [] };
        this.#views.add(view);
        const passing = { ...handlers };
        for (const name of OF_OTHERS.filter((name) => handlers[name])) {
            passing[name] = (what) => this.#hear(view, name, what);
        }
        return { handlers: passing, end: () => this.#views.delete(view) };
    }

    /** Everything that was kept reaches its view, in order. */
    goOn() {
        this.still = false;
        for (const view of [...this.#views]) {
            for (const [name, what] of view.held.splice(0)) {
                try {
                    this.#say(view, name, what);
                } catch (error) {
                    this.port.failed(error);
                }
            }
        }
    }

    #hear(view, name, what) {
        if (!this.still || what === "own") {
            this.#say(view, name, what);
        } else {
            this.port.kept(what);
            this.#keep(view, name, what);
        }
    }

    /** A view that is to read needs nothing of what it was told before, and nothing of what it would be told until then. */
    #keep(view, name, what) {
        if (name === "stale" || view.held.length === MAX_HELD) {
            view.held = [["stale", "paused"]];
        } else if (view.held[0]?.[0] !== "stale") {
            view.held.push([name, what]);
        }
    }

    #say(view, name, what) {
        if (what.records) {
            this.port.heard(what);
        }
        view.handlers[name]?.(what);
    }
}
