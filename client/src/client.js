import { Connection } from "./connection.js";
import { browserEnvironment } from "./environment.js";
import { createLog } from "./log.js";
import { OwnChanges } from "./own_changes.js";
import { Presences } from "./presence.js";
import { Touches } from "./touches.js";
import { Watches } from "./watches.js";

/**
 * @typedef {object} ClientOptions
 * @property {import("./connection.js").ConnectionPort["token"]} token
 * @property {string} origin  this tab, from `newOrigin()`
 * @property {(state: import("./connection.js").State, why: string) => void} [onState]
 * @property {string} [worker]  address of `amanat_worker.js`: then the tabs of one login in this browser share a WebSocket
 * @property {Partial<import("./environment.js").Environment>} [environment]  where it differs from the browser's
 * @property {import("./log.js").Log} [log]
 *
 * @typedef {(event: import("./frames.js").EventFrame) => void} EventCallback
 */

/**
 * The one object a page needs: start it, watch what is on screen, say what this tab saves.
 *
 * ```js
 * const client = new Client({ token: fetchToken, origin: newOrigin() });
 * client.start();
 * const watch = client.watch({ view: "list", model: "amanat.transfer" }, { update: draw, gone: drop, stale: reread });
 * ```
 */
export class Client {
    /** @type {Map<string, Set<EventCallback>>} */
    #listeners = new Map();

    /** @param {ClientOptions} options */
    constructor({ token, origin, onState = (_state, _why) => {}, worker, environment = {}, log = createLog() }) {
        const world = { ...browserEnvironment(worker), ...environment };
        this.log = log;
        this.onState = onState;
        this.connection = new Connection(
            {
                token,
                origin,
                receive: (frame) => this.#receive(frame),
                isOfResuming: (frame) => "feed" in frame && this.watches.isResuming(frame.feed),
                changed: (state, why) => this.#changed(state, why),
            },
            world,
            log,
        );
        this.watches = new Watches(
            { send: (message) => this.connection.send(message), heard: this.connection.heard },
            world,
            log,
        );
        this.touches = new Touches({ send: (message) => this.connection.send(message) }, world, log);
        this.presences = new Presences((watch, presence) =>
            this.watches.tell(watch, (handlers) => handlers.presence?.(presence)),
        );
        this.ownChanges = new OwnChanges(world.now);
        world.followWakes(
            () => this.connection.woke(),
            () => this.connection.hid(),
        );
    }

    get state() {
        return this.connection.state;
    }

    start() {
        this.connection.start();
    }

    stop() {
        this.connection.stop("stopped by the page");
    }

    /** Somebody waits for it: reconnect soon. A page that slept, or whose network is back, does so by itself. */
    hurry() {
        this.connection.hurry();
    }

    /** Brings a new token at once: what this user may watch has changed. A failure is not reported. */
    renew() {
        return this.connection.renew();
    }

    /**
     * How far the client has heard; taken before a view reads and given to `watch`, it saves the re-read when
     * nothing happened in between.
     *
     * @returns {import("./watches.js").Mark | undefined}
     */
    mark() {
        const { epoch, newest } = this.connection.heard;
        return this.state === "live" ? { epoch, offset: newest } : undefined;
    }

    /**
     * Watches until the returned function is called, across reconnects: what was missed comes as `update` and `gone`, or
     * the view hears `stale`. With a domain the view hears what comes into
     * and goes out of it, where the server can judge that.
     *
     * @param {import("./frames.js").WatchSpec} spec
     * @param {import("./watches.js").WatchHandlers} handlers
     * @param {import("./watches.js").Mark} [readAt]
     * @returns {() => void} ends the watch
     */
    watch(spec, handlers, readAt) {
        const watch = this.watches.add(spec, handlers, readAt);
        return () => {
            this.presences.forget(watch);
            this.watches.remove(watch);
        };
    }

    /**
     * Says that this tab's user edits these fields of a record, until ended, across reconnects: others may be told, and
     * whoever changes them is heard of as a conflict.
     *
     * @param {import("./touches.js").TouchSpec} spec
     * @param {import("./touches.js").TouchHandlers} [handlers]
     * @returns {{set: (fields: string[]) => void, end: () => void}}  `set`: which fields it is now
     */
    touch(spec, handlers = {}) {
        return this.touches.add(spec, handlers);
    }

    /** Whether users are shown to each other at all, as far as the bridge has said. */
    get showsPresence() {
        return this.connection.welcome?.presence === true;
    }

    /**
     * Says that this tab is sending a save of these records, before it is sent.
     *
     * @param {string} model
     * @param {number[]} ids
     */
    saving(model, ids) {
        this.ownChanges.sent(model, ids);
    }

    /**
     * Listens to the custom event `action`, sent by `res.users._send_realtime_notification`.
     *
     * @param {string} action
     * @param {EventCallback} callback
     * @returns {() => void} ends listening
     */
    on(action, callback) {
        const callbacks = this.#listeners.get(action) ?? new Set();
        this.#listeners.set(action, callbacks.add(callback));
        return () => callbacks.delete(callback);
    }

    /**
     * @param {import("./connection.js").State} state
     * @param {string} why
     */
    #changed(state, why) {
        if (state === "live") {
            this.ownChanges.forget();
            this.watches.askAll();
            this.touches.sayAll();
        } else {
            this.watches.lost();
            this.touches.lost();
            this.presences.lost();
        }
        this.onState(state, why);
    }

    /** @param {import("./frames.js").ServerFrame} frame */
    #receive(frame) {
        try {
            // What a later server may say and this client does not know is not an error.
            HANDLERS[frame.type]?.(this, frame, this.#listeners);
        } catch (error) {
            this.log.warnOnce(`a frame of type ${frame.type} could not be used: ${error}`);
        }
    }
}

/**
 * What is done with each type of frame. Feeds are shared: every watch on a feed hears its frames.
 *
 * @type {Record<string, (client: Client, frame: any, listeners: Map<string, Set<EventCallback>>) => void>}
 */
const HANDLERS = {
    ok: (client, frame) => {
        client.touches.opened(frame);
        client.watches.opened(frame);
    },
    resumed: (client, frame) => client.watches.resumed(frame),
    error: (client, frame) => client.touches.failed(frame) || client.watches.failed(frame),
    list_update: data,
    form_update: data,
    receipt,
    conflict: (client, frame) => client.touches.conflict(frame),
    presence,
    reset: (client, frame) => {
        client.touches.reset(frame);
        client.watches.reset(frame);
    },
    behind: (client, frame) => client.watches.behind(frame),
    event,
};

/**
 * @param {Client} client
 * @param {import("./frames.js").DataFrame | import("./frames.js").GoneFrame} frame
 */
function data(client, frame) {
    client.ownChanges.drawn(frame.model, frame.records.map((record) => record.id));
    client.watches.tellAll(
        (watch) => watch.feed === frame.feed,
        (handlers, watch) => {
            if (isGone(frame)) {
                client.presences.gone(watch, frame.records.map((record) => record.id));
            }
            hear(handlers, frame);
        },
    );
}

/**
 * @param {Client} client
 * @param {import("./frames.js").PresenceFrame} frame
 */
function presence(client, frame) {
    client.watches.tellAll(
        (watch) => watch.feed === frame.feed && watch.spec.presence === true,
        (_handlers, watch) => client.presences.told(watch, frame, client.connection.welcome?.user.id),
    );
}

/**
 * @param {import("./watches.js").WatchHandlers} handlers
 * @param {import("./frames.js").DataFrame | import("./frames.js").GoneFrame} frame
 */
function hear(handlers, frame) {
    if (!isGone(frame)) {
        handlers.update?.(frame);
    } else if (handlers.gone) {
        handlers.gone(frame);
    } else {
        handlers.stale?.(frame.op);
    }
}

/**
 * @param {import("./frames.js").DataFrame | import("./frames.js").GoneFrame} frame
 * @returns {frame is import("./frames.js").GoneFrame}
 */
function isGone(frame) {
    return frame.op === "leave" || frame.op === "delete";
}

/**
 * @param {Client} client
 * @param {import("./frames.js").ReceiptFrame} frame
 */
function receipt(client, frame) {
    const { expected, crossed } = client.ownChanges.confirmed(frame.model, frame.ids);
    client.watches.tellAll(
        (watch) => watch.spec.model === frame.model,
        (handlers) => {
            handlers.receipt?.(frame, { expected });
            if (crossed) {
                handlers.stale?.("own");
            }
        },
    );
}

/**
 * @param {Client} client
 * @param {import("./frames.js").EventFrame} frame
 * @param {Map<string, Set<EventCallback>>} listeners
 */
function event(client, frame, listeners) {
    for (const callback of [...(listeners.get(frame.action) ?? [])]) {
        try {
            callback(frame);
        } catch (error) {
            client.log.warnOnce(`a listener of the event ${frame.action} failed: ${error}`);
        }
    }
}
