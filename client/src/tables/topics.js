/** The server forgets who has not said so for 45 s. */
const TRACK_MS = 15_000;
/** Pointers move faster than anybody can see. */
const PACE_MS = 50;

/**
 * @typedef {Record<string, any> & {device: string}} Presence
 * @typedef {Record<string, Presence[]>} People  by subject; one for each of a person's devices
 *
 * @typedef {object} TopicHandlers
 * @property {(people: People) => void} [presence]  everybody who is there, each time it changes; nobody while the connection is lost
 * @property {(event: string, payload: any, from: string) => void} [broadcast]
 * @property {(error: import("../frames.js").ErrorFrame) => void} [refused]
 *
 * @typedef {object} TopicPort
 * @property {(message: object) => boolean} send
 * @property {import("../watches.js").Watches} watches
 * @property {import("../world.js").Environment} environment
 * @property {(topic: Topic) => void} ended
 */

/** Who is here, and what they say to each other: nothing of it is stored, and what cannot be said now is not said later. */
export class Topic {
    /** @type {Map<string, Map<string, Presence>>} */
    #people = new Map();
    /** @type {object | undefined}  what this user says of themself */
    #state;
    #open = false;
    /** @type {Map<string, object>}  by what replaces what: said when the time has come */
    #waiting = new Map();
    /** @type {unknown} */
    #pace;
    /** @type {unknown} */
    #again;

    /**
     * @param {string} name
     * @param {TopicHandlers} handlers
     * @param {TopicPort} port
     */
    constructor(name, handlers, port) {
        this.name = name;
        this.handlers = handlers;
        this.port = port;
        this.watch = this.#watch();
    }

    /** @param {object} state  the same again replaces it */
    track(state) {
        this.#state = state;
        this.#say("track", { type: "track", topic: this.name, state });
    }

    untrack() {
        this.#state = undefined;
        this.#say("track", { type: "untrack", topic: this.name });
    }

    /**
     * Of several in a moment under one name the last counts.
     *
     * @param {string} event
     * @param {any} payload
     */
    broadcast(event, payload) {
        this.#say(`broadcast ${event}`, { type: "broadcast", topic: this.name, event, payload });
    }

    end() {
        if (this.#state && this.#open) {
            this.port.send({ type: "untrack", topic: this.name });
        }
        this.lost();
        this.port.watches.remove(this.watch);
        this.port.ended(this);
    }

    lost() {
        this.#open = false;
        this.#waiting.clear();
        this.port.environment.clearTimeout(this.#pace);
        this.port.environment.clearTimeout(this.#again);
        this.#pace = undefined;
        if (this.#people.size) {
            this.#people.clear();
            this.#tell();
        }
    }

    /** @param {import("../frames.js").ErrorFrame} error */
    refused(error) {
        this.handlers.refused?.(error);
    }

    #watch() {
        const spec = /** @type {any} */ ({ view: "topic", topic: this.name });
        return this.port.watches.add(spec, {
            opened: () => this.#opened(),
            update: (frame) => this.#heard(/** @type {any} */ (frame)),
            stale: (why) => why === "rights" && this.#ended(),
            refused: (error) => this.refused(error),
        });
    }

    /** The right to hear it has gone; a new watch says whether it is back. */
    #ended() {
        this.lost();
        this.port.watches.remove(this.watch);
        this.watch = this.#watch();
    }

    #opened() {
        this.#open = true;
        this.#track();
    }

    #track() {
        this.port.environment.clearTimeout(this.#again);
        if (this.#state) {
            this.#say("track", { type: "track", topic: this.name, state: this.#state });
        }
        this.#again = this.port.environment.setTimeout(() => this.#track(), TRACK_MS);
    }

    /**
     * @param {string} key
     * @param {object} message
     */
    #say(key, message) {
        if (!this.#open) {
            return;
        }
        this.#waiting.set(key, message);
        this.#pace ?? this.#flush();
    }

    #flush() {
        const messages = [...this.#waiting.values()];
        this.#waiting.clear();
        messages.forEach((message) => this.port.send(message));
        this.#pace = messages.length ? this.port.environment.setTimeout(() => this.#flush(), PACE_MS) : undefined;
    }

    /** @param {{type: string, people: People, joins: People, leaves: People, event: string, payload: any, from: string}} frame */
    #heard({ type, people, joins, leaves, event, payload, from }) {
        if (type === "broadcast") {
            this.handlers.broadcast?.(event, payload, from);
            return;
        }
        if (type === "presence_state") {
            this.#people.clear();
        }
        this.#each(leaves, (devices, { device }) => devices.delete(device));
        this.#each(joins ?? people, (devices, presence) => devices.set(presence.device, presence));
        this.#tell();
    }

    /**
     * @param {People | undefined} people
     * @param {(devices: Map<string, Presence>, presence: Presence) => void} fold
     */
    #each(people, fold) {
        for (const [subject, presences] of Object.entries(people ?? {})) {
            const devices = this.#people.get(subject) ?? new Map();
            presences.forEach((presence) => fold(devices, presence));
            this.#people.set(subject, devices);
            devices.size || this.#people.delete(subject);
        }
    }

    #tell() {
        this.handlers.presence?.(Object.fromEntries([...this.#people].map(([subject, devices]) => [subject, [...devices.values()]])));
    }
}
