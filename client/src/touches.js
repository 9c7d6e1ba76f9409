import { reconnectDelay } from "./reconnect.js";

const RETRY_AFTER_MS = 2000;

/**
 * What a user edits of one record.
 *
 * @typedef {object} TouchSpec
 * @property {string} model
 * @property {number} id
 * @property {string[]} fields
 * @property {number[]} [companies]
 *
 * What is heard about it. All optional.
 *
 * @typedef {object} TouchHandlers
 * @property {(fields: string[]) => void} [opened]  edited from now on; conflicts are heard for these of the fields
 * @property {(frame: import("./frames.js").ConflictFrame) => void} [conflict]  somebody else, or this user in another
 *     tab, changed some of them; `fields` holds only those
 * @property {(why: string) => void} [stale]  a conflict may have been missed: read the record again and compare
 * @property {(error: import("./frames.js").ErrorFrame) => void} [refused]  this user may not edit it, or not any more
 */

/** One record that is edited, until it is ended; said again in every new session. */
class Touch {
    /** @type {number | undefined} */
    feed;
    failures = 0;
    /** @type {unknown} */
    retry;
    /** What waits to be said. */
    due = false;

    /**
     * @param {string} ref
     * @param {TouchSpec} spec
     * @param {TouchHandlers} handlers
     */
    constructor(ref, spec, handlers) {
        this.ref = ref;
        this.spec = spec;
        this.handlers = handlers;
    }
}

/** The book of touches: what this tab edits. */
export class Touches {
    /** @type {Map<string, Touch>} */
    #byRef = new Map();
    #refs = 0;

    /**
     * @param {{send: (message: object) => boolean}} port
     * @param {Pick<import("./environment.js").Environment, "setTimeout" | "clearTimeout" | "random">} environment
     * @param {import("./log.js").Log} log
     */
    constructor(port, environment, log) {
        this.port = port;
        this.environment = environment;
        this.log = log;
    }

    /**
     * @param {TouchSpec} spec
     * @param {TouchHandlers} handlers
     * @returns {{set: (fields: string[]) => void, end: () => void}}
     */
    add(spec, handlers) {
        const touch = new Touch(`touch-${++this.#refs}`, spec, handlers);
        this.#byRef.set(touch.ref, touch);
        this.#say(touch);
        return {
            set: (fields) => this.#set(touch, fields),
            end: () => this.#end(touch),
        };
    }

    /**
     * Several fields that are touched at once are said in one message.
     *
     * @param {Touch} touch
     * @param {string[]} fields
     */
    #set(touch, fields) {
        const same = fields.length === touch.spec.fields.length && fields.every((it) => touch.spec.fields.includes(it));
        touch.spec = { ...touch.spec, fields };
        if (!same && !touch.due) {
            touch.due = true;
            this.environment.setTimeout(() => touch.due && this.#say(touch), 0);
        }
    }

    /** @param {Touch} touch */
    #say(touch) {
        touch.due = false;
        this.environment.clearTimeout(touch.retry);
        if (this.#byRef.has(touch.ref)) {
            this.port.send({ type: "touch", ref: touch.ref, ...touch.spec });
        }
    }

    /** @param {Touch} touch */
    #end(touch) {
        this.environment.clearTimeout(touch.retry);
        if (this.#byRef.delete(touch.ref)) {
            this.port.send({ type: "untouch", ref: touch.ref });
        }
    }

    lost() {
        for (const touch of this.#byRef.values()) {
            touch.feed = undefined;
        }
    }

    /** A new session knows of nothing that is edited. */
    sayAll() {
        for (const touch of this.#byRef.values()) {
            this.#say(touch);
        }
    }

    /** @param {import("./frames.js").OkFrame} ok */
    opened({ ref, feed, fields = [] }) {
        const touch = this.#byRef.get(ref);
        if (touch && feed !== undefined) {
            Object.assign(touch, { feed, failures: 0 });
            this.#tell(touch, (handlers) => handlers.opened?.(fields));
        }
    }

    /** @param {import("./frames.js").ConflictFrame} frame */
    conflict(frame) {
        for (const touch of this.#of(frame.feed)) {
            const touched = (/** @type {string} */ name) => touch.spec.fields.includes(name);
            const fields = Object.fromEntries(Object.entries(frame.fields).filter(([name]) => touched(name)));
            const reread = frame.reread?.filter(touched);
            if (Object.keys(fields).length) {
                this.#tell(touch, (handlers) => handlers.conflict?.({ ...frame, fields, ...(reread && { reread }) }));
            }
        }
    }

    /** @param {import("./frames.js").ResetFrame} reset */
    reset({ feed, reason }) {
        for (const touch of this.#of(feed)) {
            this.#tell(touch, (handlers) => handlers.stale?.(reason));
        }
    }

    /**
     * @param {import("./frames.js").ErrorFrame} error
     * @returns {boolean} whether it was about a touch
     */
    failed(error) {
        const touch = this.#byRef.get(error.ref ?? "");
        if (touch && error.code === "unavailable") {
            const delay = RETRY_AFTER_MS + reconnectDelay(touch.failures++, this.environment.random);
            touch.retry = this.environment.setTimeout(() => this.#say(touch), delay);
        } else if (touch) {
            this.#byRef.delete(touch.ref);
            this.#tell(touch, (handlers) => handlers.refused?.(error));
        }
        return touch !== undefined;
    }

    /** @param {number} feed */
    #of(feed) {
        return [...this.#byRef.values()].filter((touch) => touch.feed === feed);
    }

    /**
     * @param {Touch} touch
     * @param {(handlers: TouchHandlers) => void} message
     */
    #tell(touch, message) {
        try {
            message(touch.handlers);
        } catch (error) {
            this.log.warnOnce(`an edit of ${touch.spec.model} failed: ${error}`);
        }
    }
}
