import { HeldViews } from "./held_views.js";
import { Outage } from "./outage.js";
import { Tally } from "./tally.js";

/** A screen reader is told of changes no more often than this. */
const DIGEST_MS = 10_000;

/**
 * What is shown and said of being live.
 *
 * @typedef {object} Shown
 * @property {"live" | "paused" | "chip" | "bar" | "stock"} state  stock: connected, but what would keep the view fresh did not come
 * @property {string} waiting  how many records have changed since views were paused
 * @property {["" | "changed" | "interrupted" | "back", string?]} said  for screen readers: what, and how many
 */

/** How much of what happens a user is told in one tab, and when: never more than they can use, and nothing that pops up. */
export class Attention {
    /** Where the connection stands, and why. */
    connected = { state: "idle", why: "", since: 0 };
    /** The newest change that a view was told of, and when. @type {{frame: any, at: number} | undefined} */
    last;
    /** Called when this page is live for the first time: before, it is stock Odoo's. */
    began = () => {};
    #waiting = new Tally();
    #changed = new Tally();
    #interrupted = false;
    /** The views that are open without what keeps them fresh. @type {Set<object>} */
    #stock = new Set();

    /**
     * @param {Pick<import("../refresh_queue.js").RefreshPort, "now" | "setTimeout" | "clearTimeout">} world
     * @param {Shown} shown  reactive in the browser
     * @param {(error: unknown) => void} failed
     */
    constructor(world, shown, failed) {
        this.world = world;
        this.shown = Object.assign(shown, { state: "live", waiting: "", said: [""] });
        this.outage = new Outage(world, (level) => this.#outage(level));
        this.views = new HeldViews({
            heard: (frame) => this.#heard(frame),
            kept: (what) => {
                this.#waiting.add(what);
                this.shown.waiting = this.#waiting.text;
            },
            failed,
        });
    }

    /**
     * @param {string} state
     * @param {string} why
     */
    connection(state, why) {
        const { connected, outage } = this;
        const changed = (connected.state === "live") !== (state === "live");
        this.connected = { state, why, since: changed ? this.world.now() : connected.since };
        if (state === "live" && !outage.known) {
            this.began();
        }
        outage.connection(state);
    }

    /** Hold every view of this tab still, or let them go on with what they missed. */
    toggle() {
        this.#waiting.take();
        this.shown.waiting = "";
        if (this.views.still) {
            this.views.goOn();
        } else {
            this.views.still = true;
        }
        this.#show();
    }

    /**
     * @param {object} view  that opens, or is not there any more
     * @param {boolean} live  whether what keeps it fresh is here
     */
    opens(view, live) {
        if (live) {
            this.#stock.delete(view);
        } else {
            this.#stock.add(view);
        }
        this.#show();
    }

    #show() {
        const { level } = this.outage;
        this.shown.state = level !== "none" ? level : this.#stock.size ? "stock" : this.views.still ? "paused" : "live";
    }

    #outage(level) {
        this.#show();
        if (level === "bar") {
            this.#interrupted = true;
            this.shown.said = ["interrupted"];
        } else if (level === "none" && this.#interrupted) {
            this.#interrupted = false;
            this.shown.said = ["back"];
        }
    }

    /** A number that was said is taken away first: else the same again would not be read out. */
    #heard(frame) {
        this.last = { frame, at: this.world.now() };
        if (frame.own) {
            return;
        }
        if (!this.#changed.text) {
            this.shown.said = this.shown.said[0] === "changed" ? [""] : this.shown.said;
            this.world.setTimeout(() => {
                this.shown.said = ["changed", this.#changed.take()];
            }, DIGEST_MS);
        }
        this.#changed.add(frame);
    }
}
