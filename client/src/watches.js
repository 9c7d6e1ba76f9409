import { reconnectDelay } from "./reconnect.js";

const RETRY_AFTER_MS = 2000;

/**
 * What a view hears about what it watches. All optional.
 *
 * @typedef {object} WatchHandlers
 * @property {(answer: {filtered: boolean}) => void} [opened]  watched from now on, again after each reconnect;
 *     `filtered`: only what concerns records that match the watch's domain is heard
 * @property {(frame: import("./frames.js").DataFrame) => void} [update]  records changed or came into sight: draw
 *     the values
 * @property {(frame: import("./frames.js").GoneFrame) => void} [gone]  records are out of sight or deleted: drop
 *     them; without it the view hears `stale` with the frame's `op`
 * @property {(why: string) => void} [stale]  re-read this view once, quietly: `opened` (watched from now on;
 *     whatever was read before may have missed a change), `reconnected` (what was missed cannot be told), `own`, or the
 *     reason of a `reset`
 * @property {(bulk: Bulk) => void} [bulk]  somebody else changed many records at once; `stale` is heard, too
 * @property {(frame: import("./frames.js").ReceiptFrame, known: {expected: boolean}) => void} [receipt]
 *     this tab's own change is committed
 * @property {(error: import("./frames.js").ErrorFrame) => void} [refused]
 * @property {(presence: import("./presence.js").Presence) => void} [presence]  who else is at a record, each time it
 *     changes; nobody when the connection is lost or the record goes out of sight. Only with `presence: true`
 *
 * @typedef {object} Bulk
 * @property {string} model
 * @property {number} offset  equal for all watches that hear of the same
 * @property {number} [count]  how many records that this user may read; missing where nobody can say
 * @property {{id: number, name: string}} user  who changed them
 *
 * @typedef {{epoch: string, offset: number}} Mark  how far the client had heard at a moment
 *
 * @typedef {Mark & {rights: string}} Position  up to where a watch has everything, and by which rights
 *
 * @typedef {object} WatchPort
 * @property {(message: object) => boolean} send
 * @property {Pick<import("./heard.js").Heard, "epoch" | "offset">} heard
 */

/** One declared interest, open until closed; the book asks for it again after every reconnect. */
export class Watch {
    /** @type {"asked" | "open" | "refused" | "closed"} */
    state = "asked";
    /** @type {number | undefined} */
    feed;
    openedBefore = false;
    /** @type {Position | undefined}  what this watch brings to the next session */
    position;
    /** @type {string | undefined}  while what it missed is on its way: the rights by which that is judged */
    resuming;
    /** What it misses comes with a reset only. */
    behind = false;
    failures = 0;
    /** @type {unknown}  while Odoo could not be asked: when to ask for this watch again */
    retry;

    /**
     * @param {string} ref
     * @param {import("./frames.js").WatchSpec} spec
     * @param {WatchHandlers} handlers
     * @param {Mark | undefined} readAt
     */
    constructor(ref, spec, handlers, readAt) {
        this.ref = ref;
        this.spec = spec;
        this.handlers = handlers;
        this.readAt = readAt;
    }
}

/** The book of watches: which there are, and which feed number stands for which of them in this session. */
export class Watches {
    /** @type {Map<string, Watch>} */
    #byRef = new Map();
    #refs = 0;

    /**
     * @param {WatchPort} port
     * @param {import("./environment.js").Environment} environment
     * @param {import("./log.js").Log} log
     */
    constructor(port, environment, log) {
        this.port = port;
        this.environment = environment;
        this.log = log;
    }

    /**
     * @param {import("./frames.js").WatchSpec} spec
     * @param {WatchHandlers} handlers
     * @param {Mark} [readAt]  where the client stood when the view began to read; without it, or when anything
     *     happened since, the view hears `stale("opened")`
     * @returns {Watch}
     */
    add(spec, handlers, readAt) {
        const watch = new Watch(`${spec.view}-${++this.#refs}`, spec, handlers, readAt);
        this.#byRef.set(watch.ref, watch);
        this.#ask(watch);
        return watch;
    }

    /** @param {Watch} watch */
    remove(watch) {
        watch.state = "closed";
        if (this.#byRef.delete(watch.ref)) {
            this.port.send({ type: "unwatch", ref: watch.ref });
        }
    }

    /** The connection is gone: what is resuming keeps its position, the others stand where the connection did. */
    lost() {
        for (const watch of this.#byRef.values()) {
            this.#follow(watch);
            Object.assign(watch, { state: "asked", feed: undefined, resuming: undefined, behind: false });
        }
    }

    /** A new session knows no watch: ask for each again. */
    askAll() {
        for (const watch of this.#byRef.values()) {
            this.#ask(watch);
        }
    }

    /** @param {import("./frames.js").OkFrame} ok */
    opened(ok) {
        const watch = this.#byRef.get(ok.ref);
        if (!watch || ok.feed === undefined) {
            return; // the answer to an unwatch or a token
        }
        const resuming = this.#canResume(watch) ? ok.rights : undefined;
        const fresh = resuming !== undefined || (!watch.openedBefore && this.#nothingSince(watch.readAt, ok.offset));
        const why = watch.openedBefore ? "reconnected" : "opened";
        Object.assign(watch, { state: "open", feed: ok.feed, openedBefore: true, failures: 0, resuming });
        if (resuming === undefined) {
            this.#standAt(watch, ok.offset, ok.rights);
        }
        this.tell(watch, (handlers) => handlers.opened?.({ filtered: ok.filtered === true }));
        if (!fresh) {
            this.tell(watch, (handlers) => handlers.stale?.(why));
        }
    }

    /**
     * Everything that a watch missed has arrived.
     *
     * @param {import("./frames.js").ResumedFrame} resumed
     */
    resumed({ ref, offset }) {
        const watch = ref === undefined ? undefined : this.#byRef.get(ref);
        if (watch?.resuming !== undefined && !watch.behind) {
            this.#standAt(watch, offset, watch.resuming);
        }
    }

    /**
     * What is committed after this offset cannot be told until a reset comes: until then the watch stays there.
     *
     * @param {import("./frames.js").BehindFrame} behind
     */
    behind({ feed, offset }) {
        for (const watch of this.#byRef.values()) {
            if (watch.feed === feed && watch.position) {
                this.#follow(watch);
                watch.position.offset = Math.min(watch.position.offset, offset);
                watch.resuming ??= watch.position.rights;
                watch.behind = true;
            }
        }
    }

    /** @param {import("./frames.js").ResetFrame} reset */
    reset({ feed, offset, reason, count, user }) {
        for (const watch of this.#byRef.values()) {
            if (watch.feed === feed && watch.resuming !== undefined) {
                this.#standAt(watch, offset, watch.resuming);
            } else if (watch.feed === feed && watch.position) {
                watch.position.offset = Math.max(watch.position.offset, offset); // what is read now holds it
            }
        }
        this.tellAll(
            (watch) => watch.feed === feed,
            (handlers, { spec }) => {
                handlers.stale?.(reason);
                if (user) {
                    handlers.bulk?.({ model: spec.model, offset, count, user });
                }
            },
        );
    }

    /** @param {number | undefined} feed */
    isResuming(feed) {
        return feed !== undefined && [...this.#byRef.values()].some((it) => it.feed === feed && it.resuming !== undefined);
    }

    /**
     * @param {Watch} watch
     * @param {number | undefined} offset
     * @param {string | undefined} rights  a server that gives none knows no `resume`
     */
    #standAt(watch, offset, rights) {
        const known = offset !== undefined && rights !== undefined;
        watch.position = known ? { epoch: this.port.heard.epoch, offset, rights } : undefined;
        Object.assign(watch, { resuming: undefined, behind: false });
    }

    /**
     * Takes an open watch to where its connection stands, unless something of it is still on its way.
     *
     * @param {Watch} watch
     */
    #follow({ state, position, resuming }) {
        if (state === "open" && position && resuming === undefined) {
            position.offset = Math.max(position.offset, this.port.heard.offset);
        }
    }

    /**
     * Offsets of another epoch mean nothing.
     *
     * @param {Watch} watch
     */
    #canResume(watch) {
        return watch.position?.epoch === this.port.heard.epoch;
    }

    /** @param {import("./frames.js").ErrorFrame} error */
    failed(error) {
        const watch = error.ref ? this.#byRef.get(error.ref) : undefined;
        if (!watch) {
            this.log.debug("error", error.code, error.message);
        } else if (error.code === "unavailable") {
            const delay = RETRY_AFTER_MS + reconnectDelay(watch.failures++, this.environment.random);
            watch.retry = this.environment.setTimeout(() => watch.state === "asked" && this.#ask(watch), delay);
        } else {
            watch.state = "refused";
            this.#byRef.delete(watch.ref);
            this.#refuse(watch, error);
        }
    }

    /**
     * @param {Watch} watch
     * @param {import("./frames.js").ErrorFrame} error
     */
    #refuse(watch, error) {
        if (!watch.handlers.refused) {
            this.log.warnOnce(`a view of ${watch.spec.model} is not kept fresh: ${error.message} (${error.code})`);
        }
        this.tell(watch, (handlers) => handlers.refused?.(error));
    }

    /**
     * @param {(watch: Watch) => boolean} concerned
     * @param {(handlers: WatchHandlers, watch: Watch) => void} message
     */
    tellAll(concerned, message) {
        for (const watch of [...this.#byRef.values()].filter(concerned)) {
            this.tell(watch, message);
        }
    }

    /**
     * A view that fails must not keep the others from hearing.
     *
     * @param {Watch} watch
     * @param {(handlers: WatchHandlers, watch: Watch) => void} message
     */
    tell(watch, message) {
        try {
            message(watch.handlers, watch);
        } catch (error) {
            this.log.warnOnce(`a view of ${watch.spec.model} failed: ${error}`);
        }
    }

    /** @param {Watch} watch */
    #ask(watch) {
        this.environment.clearTimeout(watch.retry);
        const resume = this.#canResume(watch) ? { resume: watch.position } : {};
        this.port.send({ type: "watch", ref: watch.ref, ...watch.spec, ...resume });
    }

    /**
     * @param {Mark | undefined} mark
     * @param {number | undefined} offset
     */
    #nothingSince(mark, offset) {
        return mark !== undefined && mark.epoch === this.port.heard.epoch && mark.offset === offset;
    }
}
