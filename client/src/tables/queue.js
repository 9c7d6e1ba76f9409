import { dependants, frameOf, inserts, needs } from "./operation.js";

const MOST_OPERATIONS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** An operation of which nothing is heard for so long is said again. */
const ANSWER_MS = 30_000;
const MOST_FINISHED = 1000;

/**
 * @typedef {import("./operation.js").Operation} Operation
 * @typedef {import("./operation.js").Step} Step
 * @typedef {import("./operation.js").Written} Written
 * @typedef {import("./store.js").Id} Id
 *
 * @typedef {object} Refusal
 * @property {string} opId
 * @property {string} code
 * @property {string} message
 * @property {number} [index]  of the step
 * @property {string} [table]
 * @property {string} [column]
 * @property {import("./store.js").Row} [theirs]  the row as it is
 * @property {boolean} [retry]
 *
 * @typedef {object} QueuePort
 * @property {(message: object) => boolean} send
 * @property {() => number} frameBytes  how much the server takes at once
 * @property {(message: object) => void} tell  the other pages of this user in this browser
 * @property {() => void} changed
 * @property {(pairs: [unknown, Id][]) => void} named  temporary ids have become real ones
 * @property {(operation: Operation, rows: Written[]) => void} done
 * @property {(refusal: Refusal, refused: Operation, also: Operation[]) => void} refused
 */

/**
 * What the user did and the server has not yet told of, in order. All pages of this user in this browser hold the same; the one that is the
 * sender says one after the other, and lets go of it when its receipt has come: everything it did has been told before.
 */
export class Queue {
    /** @type {Operation[]} */
    operations = [];
    /** Whether this page says what is to be said. */
    leads = false;
    #failures = 0;
    /** @type {unknown}  while the server, or an answer, is waited for */
    #timer;
    #paused = false;
    /** @type {Set<string>}  what another page may still tell of */
    #finished = new Set();

    /**
     * @param {QueuePort} port
     * @param {import("./storage.js").Storage} storage
     * @param {import("./operation.js").Ids} ids
     * @param {import("../world.js").Environment} environment
     */
    constructor(port, storage, ids, environment) {
        this.port = port;
        this.storage = storage;
        this.ids = ids;
        this.environment = environment;
    }

    get full() {
        return this.operations.length >= MOST_OPERATIONS;
    }

    /** What an earlier page has left, and what other pages have done meanwhile. */
    async load() {
        const known = this.operations.filter(({ seq }) => Number.isInteger(seq));
        const [pairs, stored] = [await this.storage.ids(), await this.storage.operations()];
        this.ids.learn(pairs);
        if (!this.storage.broken) {
            const left = new Set(stored.map(({ opId }) => opId));
            const gone = known.filter(({ opId }) => !left.has(opId));
            gone.forEach(({ opId }) => this.#settle(opId, (operation) => this.port.done(operation, [])));
        }
        stored.forEach((operation) => this.#insert(operation));
        this.port.changed();
    }

    /** @param {Operation} operation */
    async add(operation) {
        this.operations.push(operation);
        this.port.changed();
        const seq = await this.storage.add(operation);
        if (this.#finished.has(operation.opId)) {
            void this.storage.finish([{ ...operation, seq }]); // cancelled while it was being stored
            return;
        }
        // what could not be stored stands behind what is, in a place that nothing stored ever has
        operation.seq = seq ?? 1e-6 + Math.max(0, ...this.operations.map((it) => it.seq ?? 0));
        this.#sort();
        this.port.tell({ queued: operation });
        this.#pump();
    }

    /** This page is the sender. */
    async lead() {
        this.leads = this.#paused = true;
        this.port.tell({ leads: true });
        await this.load();
        this.leads && this.#again();
    }

    /** It is not any more: what it said may not have arrived. */
    follow() {
        this.leads = false;
        this.#forgetAnswers();
    }

    /**
     * Another page tells.
     *
     * @param {any} message
     */
    told({ leads, queued, named, done, refused }) {
        if (leads) {
            this.operations.filter(({ seq = 0 }) => seq % 1).forEach((queued) => this.port.tell({ queued })); // what could not be stored
        } else if (queued) {
            this.#insert(queued);
            this.port.changed();
            this.#pump();
        } else if (named) {
            this.ids.learn(named);
            this.port.named(named);
        } else if (done) {
            this.#settle(done.opId, (operation) => this.port.done(operation, done.rows));
        } else if (refused) {
            refused.also.forEach((/** @type {Operation} */ { opId }) => this.#remove(opId));
            this.#settle(refused.refusal.opId, (operation) => this.port.refused(refused.refusal, operation, refused.also));
        }
    }

    /** @param {{opId: string, rows: Written[], repeated?: boolean}} answer */
    written({ opId, rows, repeated }) {
        const operation = this.#find(opId);
        if (!operation) {
            return;
        }
        this.#failures = 0;
        Object.assign(operation, { state: "written", rows });
        const pairs = pairsOf(operation);
        if (pairs.length) {
            this.ids.learn(pairs);
            this.port.named(pairs);
            this.port.tell({ named: pairs });
        }
        if (repeated || operation.received) {
            this.#finish(operation);
        } else {
            this.#await();
        }
        this.port.changed();
        this.#pump();
    }

    /** @param {{opId: string}} receipt */
    received({ opId }) {
        const operation = this.#find(opId);
        if (operation?.state === "written") {
            this.#finish(operation);
            this.port.changed();
            this.#pump();
        } else if (operation) {
            operation.received = true;
        }
    }

    /** @param {Refusal} refusal */
    refused(refusal) {
        const operation = this.#find(refusal.opId);
        if (!operation) {
            return;
        }
        if (refusal.retry) {
            operation.state = "queued";
            this.#pause();
        } else {
            this.#failures = 0;
            this.#refuse(operation, refusal);
            this.#pump();
        }
    }

    /**
     * @param {Operation} operation
     * @param {Refusal} refusal
     */
    #refuse(operation, refusal) {
        const also = dependants(operation, this.operations, this.ids);
        void this.storage.finish([operation, ...also]);
        [operation, ...also].forEach(({ opId }) => this.#remove(opId));
        this.port.tell({ refused: { refusal, also } });
        this.port.refused(refusal, operation, also);
        this.port.changed();
    }

    /** @param {Operation} operation */
    #finish(operation) {
        this.#remove(operation.opId);
        void this.storage.finish([operation], pairsOf(operation));
        this.port.tell({ done: { opId: operation.opId, rows: operation.rows } });
        this.port.done(operation, operation.rows ?? []);
    }

    /** Says the next one, if it is its turn. */
    #pump() {
        if (!this.leads || this.#paused) {
            return;
        }
        const next = this.operations.find(({ state }) => state !== "written");
        if (next?.state === "queued" && next.seq !== undefined) {
            this.#say(next);
        }
    }

    /** @param {Operation} operation */
    #say(operation) {
        if (needs(operation, this.ids).length) {
            void this.#orphaned(operation);
            return;
        }
        const frame = frameOf(operation, this.ids);
        if (new TextEncoder().encode(JSON.stringify(frame)).length > this.port.frameBytes()) {
            this.#refuse(operation, { opId: operation.opId, code: "too_large", message: "more than can be sent at once" });
            this.#pump();
        } else if (this.port.send(frame)) {
            operation.state = "sent";
            this.#await();
        }
    }

    /**
     * It names a row that nobody here is to insert: another page did, or it was refused.
     *
     * @param {Operation} operation
     */
    async #orphaned(operation) {
        this.#paused = true;
        await this.load();
        this.#paused = false;
        const inserted = new Set(this.operations.filter(({ state }) => state === "queued").flatMap(inserts));
        if (needs(operation, this.ids).some((temp) => !inserted.has(temp)) && this.#find(operation.opId)) {
            this.#refuse(operation, { opId: operation.opId, code: "missing_reference", message: "what it belongs to was refused" });
        }
        this.#pump();
    }

    #await() {
        this.environment.clearTimeout(this.#timer);
        this.#timer = this.environment.setTimeout(() => this.#again(), ANSWER_MS);
    }

    /** The server cannot do it just now. */
    #pause() {
        const longest = Math.min(1000 * 2 ** this.#failures++, LONGEST_PAUSE_MS);
        this.#paused = true;
        this.environment.clearTimeout(this.#timer);
        this.#timer = this.environment.setTimeout(() => this.#again(), longest * (0.5 + this.environment.random() / 2));
    }

    /** What has not been told of is said once more, from the first one on. */
    #again() {
        this.#forgetAnswers();
        this.#pump();
    }

    #forgetAnswers() {
        this.#paused = false;
        this.environment.clearTimeout(this.#timer);
        for (const operation of this.operations) {
            Object.assign(operation, { state: "queued", received: false });
        }
    }

    /** @param {string} opId */
    #find(opId) {
        return this.operations.find((operation) => operation.opId === opId);
    }

    /** @param {Operation} operation  as it is stored */
    #insert(operation) {
        const own = this.#find(operation.opId);
        if (own) {
            own.seq = operation.seq;
        } else if (!this.#finished.has(operation.opId)) {
            this.operations.push({ ...operation, state: "queued" });
        }
        this.#sort();
    }

    #sort() {
        this.operations.sort((left, right) => (left.seq ?? Infinity) - (right.seq ?? Infinity) || 0);
    }

    /**
     * @param {string} opId
     * @param {(operation: Operation) => void} tell
     */
    #settle(opId, tell) {
        const operation = this.#find(opId);
        this.#remove(opId);
        if (operation) {
            tell(operation);
        }
        this.port.changed();
    }

    /** @param {string} opId */
    #remove(opId) {
        this.operations = this.operations.filter((operation) => operation.opId !== opId);
        this.#finished.add(opId);
        if (this.#finished.size > MOST_FINISHED) {
            const [oldest = ""] = this.#finished;
            this.#finished.delete(oldest);
        }
    }
}

/**
 * @param {Operation} operation
 * @returns {[unknown, Id][]}
 */
function pairsOf(operation) {
    const temps = new Set(inserts(operation));
    return operation.steps.flatMap(({ id }, place) => {
        const real = temps.has(id) ? operation.rows?.[place]?.id : undefined;
        return real === undefined ? [] : [/** @type {[unknown, Id]} */ ([id, real])];
    });
}
