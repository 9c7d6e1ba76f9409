import { Connection } from "../connection.js";
import { createLog } from "../log.js";
import { newOrigin } from "../origin.js";
import { Watches } from "../watches.js";
import { Cache } from "./cache.js";
import { deleteDatabase } from "./database.js";
import { tablesEnvironment } from "./environment.js";
import { Feeds } from "./feeds.js";
import { Ids, temporary } from "./operation.js";
import { Overlay } from "./overlay.js";
import { Pace } from "./pace.js";
import { databaseOf, lastPerson, personOf, rememberPerson } from "./person.js";
import { Queue } from "./queue.js";
import { Refused } from "./refused.js";
import { Report } from "./report.js";
import { Sender } from "./sender.js";
import { Storage } from "./storage.js";
import { Store } from "./store.js";
import { Topic } from "./topics.js";
import { View } from "./view.js";

/** How long a page that starts waits for a token before it shows what this device kept. */
const TOKEN_MS = 3000;
/** A browser may never open its storage, say while another page that sleeps holds one that is to be removed. */
const STORAGE_MS = 10_000;
const MOST_STEPS = 100;
/** @type {Partial<Record<import("../connection.js").State, ConnectionState>>} */
const CONNECTIONS = { live: "live", token: "connecting", connecting: "connecting", greeting: "connecting", outdated: "outdated" };
const FRAME_BYTES = 16_384;

/**
 * @typedef {import("./store.js").Id} Id
 * @typedef {import("./store.js").Row} Row
 * @typedef {import("../grants.js").Grant} Grant
 * @typedef {"live" | "connecting" | "offline" | "signed_out" | "outdated"} ConnectionState  `signed_out`: no token that the bridge takes
 *     is to be had, which is tried again when the page is looked at; `outdated`: the page is to be loaded again
 *
 * @typedef {object} State
 * @property {ConnectionState} connection
 * @property {number | undefined} since  when the connection was lost, in milliseconds of the clock; undefined while it is live
 * @property {number} pending  operations that are on their way
 * @property {boolean} stored  whether they outlive the page
 *
 * @typedef {object} Toast  an operation that was not done
 * @property {string} code  as of `refused` in docs/protocol.md, or `cancelled`: what it belongs to was refused; `not_stored`: operations
 *     do not outlive the page; `other_user`: the page is to be loaded again
 * @property {string} message
 * @property {number} [index]  the step that was refused (the first unless given), of which table, id, op and values are
 * @property {string} [table]
 * @property {Id} [id]
 * @property {"insert" | "update" | "delete"} [op]
 * @property {Record<string, any>} [values]
 * @property {string} [column]
 * @property {Row} [theirs]  of a `conflict`: the row as it is
 * @property {import("./operation.js").Step[]} [steps]  all of the operation
 *
 * @typedef {object} WriteStep
 * @property {string} table
 * @property {"insert" | "update" | "delete"} op
 * @property {Id} [id]  of an insert: left to the database unless given
 * @property {Record<string, any>} [values]
 * @property {boolean} [ifBase]  refuse it when somebody else has changed these columns meanwhile; of one step, all
 *
 * @typedef {object} TablesOptions
 * @property {() => Promise<Grant | false>} token  a fresh token and where to connect; false: nobody is signed in; a rejection: not
 *     reachable now
 * @property {string} [origin]
 * @property {Partial<import("./environment.js").TablesEnvironment>} [environment]  where it differs from the browser's
 * @property {(state: State) => void} [onState]
 * @property {(toast: Toast) => void} [onToast]
 * @property {(ids: Map<Id, Id>) => void} [onIds]  these temporary ids have become real ones; views say the new ones from now on
 * @property {import("../log.js").Log} [log]
 */

/**
 * Live queries on the bridge's tables, and writes that are seen at once, offline too.
 *
 * ```js
 * const tables = new Tables({ token, onState, onToast });
 * await tables.start();
 * const view = tables.view({ table: "task", filter: "plan_id=eq.7", order: "day,starts" }, draw);
 * const { ids, done } = tables.write({ table: "task", op: "insert", values: { title: "Deliver" } });
 * ```
 */
export class Tables {
    /** Nobody is signed in. */
    #denied = false;
    /** @type {{code: string, message: string} | undefined}  somebody else is signed in now */
    #other;
    /** @type {import("./person.js").Person | undefined} */
    #person;
    /** @type {Promise<Grant | false | undefined> | undefined}  asked for at the start, for the first attempt to connect */
    #first;
    /** @type {ConnectionState} */
    connection = "offline";
    /** @type {number | undefined} */
    since;
    /** @type {Set<View>} */
    #views = new Set();
    /** @type {Set<Topic>} */
    #topics = new Set();
    /** @type {Map<string, {resolve: (rows: import("./operation.js").Written[]) => void, reject: (why: Refused) => void}>} */
    #waiting = new Map();
    /** @type {Map<Id, Id>} */
    #named = new Map();
    #drawing = false;
    #epoch = "";
    /** @type {Sender | undefined} */
    #sender;
    /** @type {import("./environment.js").Channel | undefined} */
    #channel;

    /** @param {TablesOptions} options */
    constructor({ token, origin = newOrigin(), environment = {}, onState = () => {}, onToast = () => {}, onIds = () => {}, log = createLog() }) {
        this.world = { ...tablesEnvironment(), ...environment };
        this.onState = onState;
        this.onToast = onToast;
        this.onIds = onIds;
        this.log = log;
        this.token = token;
        this.self = origin;
        this.since = this.world.now();
        const world = this.world;
        const send = (/** @type {object} */ message) => this.pace.send(message);
        this.wire = new Connection(
            {
                token: () => this.#grant(),
                origin,
                receive: (frame) => this.#receive(frame),
                // rows say what was read; what was heard up to there may still be on its way
                isOfResuming: (frame) => /** @type {string} */ (frame.type) === "rows" || ("feed" in frame && this.watches.isResuming(frame.feed)),
                changed: (state) => this.#changed(state),
            },
            world,
            log,
        );
        this.pace = new Pace(this.wire, world);
        this.watches = new Watches({ send, heard: this.wire.heard }, world, log);
        this.storage = new Storage(world.now, () => this.#notStored());
        this.cache = new Cache(this.storage, world.setTimeout);
        const changed = (/** @type {string} */ table, /** @type {Id} */ id) => this.#touch(table, id);
        this.store = new Store({ changed, keep: (table, id, row) => this.cache.keep(table, id, row) });
        this.ids = new Ids();
        this.overlay = new Overlay(this.store, this.ids, changed);
        this.report = new Report((message) => this.wire.send(message), world);
        this.feeds = new Feeds(
            {
                send,
                store: this.store,
                complete: (feed) => this.#progress(feed),
                refused: (feed) => this.#progress(feed),
                heard: (_feed, frame) => this.#heard(frame),
            },
            this.watches,
            world,
        );
        this.queue = new Queue(
            {
                send,
                frameBytes: () => this.wire.welcome?.limits.frame_bytes ?? FRAME_BYTES,
                tell: (message) => this.#channel?.postMessage(message),
                changed: () => this.#queued(),
                named: (pairs) => this.#name(pairs),
                done: (operation, rows) => this.#done(operation, rows),
                refused: (refusal, operation, also) => this.#refused(refusal, operation, also),
            },
            this.storage,
            this.ids,
            world,
        );
        world.followWakes(
            () => {
                this.#denied && this.wire.start();
                this.wire.woke();
            },
            () => this.wire.hid(),
        );
        world.followLeaves(() => this.#sender?.leave());
    }

    /** Who it is, as far as is known. */
    get me() {
        return this.#person?.subject;
    }

    /** Operations that are on their way. */
    get pending() {
        return this.queue.operations.length;
    }

    /** Opens what this device keeps of this user, and connects. Without a network it is the user who was here last. */
    async start() {
        const { setTimeout, memory } = this.world;
        this.#first = this.token().catch(() => undefined);
        const late = new Promise((resolve) => void setTimeout(() => resolve(undefined), TOKEN_MS));
        const grant = /** @type {Grant | false | undefined} */ (await Promise.race([this.#first, late]));
        const person = grant ? personOf(grant) : grant === undefined ? lastPerson(memory) : undefined;
        if (person) {
            await this.#become(person);
        }
        this.wire.start();
    }

    stop() {
        this.#denied = false;
        this.wire.stop("stopped by the page");
        this.#channel?.close();
    }

    /** Ends, and removes what this device keeps of this user, what is on its way too: for whoever signs out. */
    async forget() {
        this.stop();
        rememberPerson(this.world.memory, undefined);
        if (this.#person) {
            await deleteDatabase(this.world.indexedDB, databaseOf(this.#person));
        }
    }

    /** Somebody waits for it: reconnect soon. */
    hurry() {
        this.wire.hurry();
    }

    /**
     * @param {import("./view.js").ViewSpec} spec
     * @param {(rows: Row[], about: import("./view.js").About) => void} callback  with all rows, at most once for each picture; a row
     *     that has not changed is the same object. `$pending`: how many operations on it are on their way, `$temp`: the server does not have it yet,
     *     `$updatedBy`: whose later write took the place of this user's, `$error`: why the last write to it was refused
     * @returns {View}
     */
    view(spec, callback) {
        const view = new View(spec, callback, {
            store: this.store,
            overlay: this.overlay,
            ids: this.ids,
            feeds: this.feeds,
            storage: this.storage,
            changed: () => this.#drawSoon(),
            offline: () => this.connection === "offline",
            ended: (ended) => this.#views.delete(ended),
        });
        this.#views.add(view);
        this.#other && view.end(this.#other);
        return view;
    }

    /**
     * Seen at once, sent when it can be, in order; several steps are done together or not at all.
     *
     * @param {WriteStep | WriteStep[]} write
     * @returns {{opId: string, ids: Id[], done: Promise<import("./operation.js").Written[]>}}  `ids`: of each step, temporary where the
     *     database chooses; `done`: what the server stored, with real ids, or a rejection with {@link Refused}
     */
    write(write) {
        const asked = Array.isArray(write) ? write : [write];
        if (asked.length < 1 || asked.length > MOST_STEPS) {
            throw new TypeError(`a write has 1 to ${MOST_STEPS} steps: ${asked.length}`);
        }
        const steps = asked.map((step) => this.#step(step));
        if (steps.some(({ op, id }, place) => op !== "insert" && steps.slice(0, place).some((step) => step.op === "insert" && step.id === id))) {
            throw new TypeError("a write does not change what it inserts: insert it as it is to be");
        }
        const opId = this.world.uuid();
        /** @type {import("./operation.js").Operation} */
        const operation = { opId, steps, state: "queued", ...(asked.some(({ ifBase }) => ifBase) && { mode: /** @type {const} */ ("if_base") }) };
        const done = new Promise((resolve, reject) => this.#waiting.set(opId, { resolve, reject }));
        done.catch(() => {}); // the page is told by a toast, too
        const refusal = this.#other ?? (this.queue.full && { code: "queue_full", message: "too much is on its way already" });
        if (refusal) {
            this.#refused({ opId, ...refusal }, operation, []);
        } else {
            steps.forEach(({ table, id }) => this.overlay.seen(table, this.ids.resolve(id)));
            void this.queue.add(operation);
        }
        return { opId, ids: steps.map(({ id }) => id), done };
    }

    /**
     * The user has seen `$updatedBy` or `$error` of this row.
     *
     * @param {string} table
     * @param {Id} id
     */
    seen(table, id) {
        this.overlay.seen(table, id);
    }

    /**
     * @param {string} name
     * @param {import("./topics.js").TopicHandlers} handlers
     * @returns {Topic}
     */
    topic(name, handlers) {
        const topic = new Topic(name, handlers, {
            send: (message) => this.pace.send(message),
            watches: this.watches,
            environment: this.world,
            ended: (ended) => this.#topics.delete(ended),
        });
        this.#topics.add(topic);
        return topic;
    }

    /**
     * @param {WriteStep} step
     * @returns {import("./operation.js").Step}
     */
    #step({ table, op, id, values, ifBase }) {
        if (!table || !["insert", "update", "delete"].includes(op) || (op !== "insert" && id === undefined)) {
            throw new TypeError(`a write names its table, insert, update or delete, and the row unless it inserts: ${table} ${op} ${id}`);
        }
        const row = id === undefined ? undefined : this.overlay.row(table, this.ids.resolve(id));
        const names = Object.keys(values ?? row ?? {}).filter((name) => !name.startsWith("$") && !name.startsWith("updated_"));
        const base = ifBase && row && Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
        return { table, op, id: id ?? temporary(this.world.uuid()), ...(values && { values }), ...(base && { base }) };
    }

    /** @returns {Promise<Grant | false>} */
    async #grant() {
        const first = this.#first;
        this.#first = undefined;
        const grant = (await first) ?? (await this.token());
        this.#denied = !grant;
        const person = grant ? personOf(grant) : undefined;
        rememberPerson(this.world.memory, person);
        if (person) {
            if (!this.#person) {
                await this.#become(person);
            } else if (databaseOf(person) !== databaseOf(this.#person)) {
                this.#other = { code: "other_user", message: "somebody else is signed in now: load the page again" };
                this.#views.forEach((view) => view.end(this.#other));
                this.onToast(this.#other);
                return false;
            }
        }
        return grant;
    }

    /** @param {import("./person.js").Person} person */
    async #become(person) {
        this.#person = person;
        const name = databaseOf(person);
        const { locks, setTimeout, clearTimeout } = this.world;
        this.#channel = this.world.channel(name);
        if (this.#channel) {
            this.#channel.onmessage = (/** @type {MessageEvent} */ { data }) => this.queue.told(data);
        }
        this.#sender = new Sender(name, this.self, {
            locks,
            setTimeout,
            clearTimeout,
            storage: this.storage,
            changed: (held) => void (held ? this.queue.lead() : this.queue.follow()),
        });
        const late = /** @type {Promise<never>} */ (new Promise((_resolve, reject) => void setTimeout(reject, STORAGE_MS)));
        await this.storage.open(this.world.indexedDB, name, late);
        await this.queue.load();
    }

    /** @param {import("../connection.js").State} state */
    #changed(state) {
        const before = this.connection;
        this.connection = this.#denied || this.wire.refusals > 1 ? "signed_out" : (CONNECTIONS[state] ?? "offline");
        // a connection that nobody looks at is given back, which is no fault
        this.since = state === "live" || state === "idle" ? undefined : (this.since ?? this.world.now());
        if (state === "live") {
            if (this.#epoch !== this.wire.heard.epoch) {
                this.#epoch = this.wire.heard.epoch;
                this.store.forgetTimes();
            }
            this.watches.askAll();
            this.report.live();
            this.#sender?.want();
        } else if (before === "live") {
            this.pace.lost();
            this.watches.lost();
            this.feeds.lost();
            this.#topics.forEach((topic) => topic.lost());
            this.report.lost(state === "waiting");
            this.#sender?.giveBack();
        }
        this.#views.forEach((view) => view.progress());
        this.#tell();
    }

    /** @param {any} frame */
    #receive(frame) {
        try {
            HANDLERS[frame.type]?.(this, frame);
        } catch (error) {
            this.log.warnOnce(`a frame of type ${frame.type} could not be used: ${error}`);
        }
    }

    /** @param {import("../frames.js").ResumedFrame} frame */
    resumed(frame) {
        this.watches.resumed(frame);
        this.feeds.resumed(frame.ref);
    }

    /** @param {import("../frames.js").ErrorFrame} error */
    failed(error) {
        const topics = [...this.#topics].filter(({ name }) => name === error.ref);
        topics.forEach((topic) => topic.refused(error));
        if (!topics.length && !this.feeds.failed(error)) {
            this.watches.failed(error);
        }
    }

    /** @param {import("./feeds.js").ChangeFrame} frame */
    #heard({ feed, table, record, commit_timestamp }) {
        if (record) {
            this.overlay.heard(table, record, this.me);
        }
        if (!this.watches.isResuming(feed)) {
            this.report.heard(commit_timestamp); // what was missed is late for another reason
        }
        this.#drawSoon();
    }

    #queued() {
        this.overlay.replay(this.queue.operations);
        this.#tell();
        this.#drawSoon();
    }

    /** @param {[unknown, Id][]} pairs */
    #name(pairs) {
        pairs.forEach(([temp, real]) => this.#named.set(/** @type {Id} */ (temp), real));
        this.overlay.replay(this.queue.operations);
        this.#drawSoon();
    }

    /**
     * @param {import("./operation.js").Operation} operation
     * @param {import("./operation.js").Written[]} rows
     */
    #done(operation, rows) {
        for (const { table, id, record } of rows) {
            const holders = this.feeds.holders(table);
            if (record && holders.length) {
                this.store.takeLoose(table, record);
            } else if (!record && operation.steps.some((step) => step.op === "delete" && this.ids.resolve(step.id) === id)) {
                this.store.dropAll(table, id, holders);
            }
        }
        this.overlay.wrote(operation, rows, this.me);
        this.#waiting.get(operation.opId)?.resolve(rows);
        this.#waiting.delete(operation.opId);
    }

    /**
     * @param {import("./queue.js").Refusal} refusal
     * @param {import("./operation.js").Operation} operation
     * @param {import("./operation.js").Operation[]} also
     */
    #refused(refusal, operation, also) {
        this.overlay.refused(refusal, operation);
        this.#giveUp(refusal, operation);
        for (const dependant of also) {
            this.#giveUp({ opId: dependant.opId, code: "cancelled", message: "what it belongs to was refused" }, dependant);
        }
    }

    /**
     * @param {import("./queue.js").Refusal} refusal
     * @param {import("./operation.js").Operation} operation
     */
    #giveUp(refusal, { opId, steps }) {
        const step = steps[refusal.index ?? 0];
        this.#waiting.get(opId)?.reject(new Refused(refusal));
        this.#waiting.delete(opId);
        this.onToast({ ...refusal, ...step, id: this.ids.resolve(step?.id), steps });
    }

    #notStored() {
        this.onToast({ code: "not_stored", message: "changes cannot be kept here: they are lost when the page closes" });
        this.#tell();
    }

    /** @param {import("./feeds.js").Feed} feed */
    #progress(feed) {
        this.#views.forEach((view) => view.isOf(feed) && view.progress());
    }

    /**
     * @param {string} table
     * @param {Id} id
     */
    #touch(table, id) {
        this.#views.forEach((view) => view.table === table && view.touch(id));
        this.#drawSoon();
    }

    #drawSoon() {
        if (!this.#drawing) {
            this.#drawing = true;
            this.world.frame(() => this.#draw());
        }
    }

    #draw() {
        this.#drawing = false;
        if (this.#named.size) {
            const named = this.#named;
            this.#named = new Map();
            this.#views.forEach((view) => view.named());
            this.onIds(named);
        }
        for (const view of this.#views) {
            try {
                view.draw();
            } catch (error) {
                this.log.warnOnce(`a view of ${view.table} failed: ${error}`);
            }
        }
        this.report.drawn();
    }

    #tell() {
        const { connection, since, pending } = this;
        this.onState({ connection, since, pending, stored: !this.storage.broken });
    }
}

/** @type {Record<string, (tables: Tables, frame: any) => void>} */
const HANDLERS = {
    ok: (tables, frame) => tables.watches.opened(frame),
    resumed: (tables, frame) => tables.resumed(frame),
    reset: (tables, frame) => tables.watches.reset(frame),
    behind: (tables, frame) => tables.watches.behind(frame),
    error: (tables, frame) => tables.failed(frame),
    postgres_changes: told,
    presence_state: told,
    presence_diff: told,
    broadcast: told,
    rows: (tables, frame) => tables.feeds.answered(frame),
    written: (tables, frame) => tables.queue.written(frame),
    refused: (tables, frame) => tables.queue.refused(frame),
    receipt: (tables, frame) => tables.queue.received(frame),
    pong: (tables, frame) => tables.report.answered(frame),
};

/**
 * @param {Tables} tables
 * @param {any} frame
 */
function told(tables, frame) {
    tables.watches.tellAll(
        ({ feed }) => feed === frame.feed,
        (handlers) => handlers.update?.(frame),
    );
}
