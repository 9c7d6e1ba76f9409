/**
 * The bridge and the database, as far as docs/protocol.md promises: what is said to it and what it says waits until the test lets it
 * happen, and is lost with the connection.
 */
export class FakeServer {
    epoch = "e1";
    /** @type {Map<string, any>} */
    rows = new Map();
    /** @type {{changes: {id: string, before: any, after: any}[], opId: string, subject: string}[]}  its length is the newest offset */
    log = [];
    /** @type {Map<string, {table: string, id: string}[]>} */
    done = new Map();
    /** @type {string[]}  operations in the order in which they were done */
    order = [];
    /** @type {Set<string>} */
    refused = new Set();
    /** @type {Set<Session>} */
    sessions = new Set();
    #ids = 0;
    #time = 0;

    /** @param {() => number} random */
    constructor(random) {
        this.random = random;
    }

    /** @param {any} frame @param {string} subject */
    write({ opId, ops, ...single }, subject) {
        const key = `${subject} ${opId}`;
        const steps = ops ?? [single];
        const before = this.done.get(key);
        if (before) {
            return { type: "written", opId, rows: before.map(({ table, id }) => ({ table, id, record: this.rows.get(id) ?? null })), repeated: true };
        }
        if (this.random() < 0.1) {
            return { type: "refused", opId, code: "unavailable", message: "later", retry: true };
        }
        const draft = new Map(this.rows);
        /** @type {string[]} */
        const keys = [];
        for (const [index, step] of steps.entries()) {
            const code = this.#step(step, draft, keys, subject);
            if (code) {
                this.refused.add(opId);
                return { type: "refused", opId, code, message: code, index };
            }
        }
        const changes = [...new Set(keys)].map((id) => ({ id, before: this.rows.get(id), after: draft.get(id) }));
        this.rows = draft;
        this.order.push(opId);
        this.log.push({ changes, opId, subject });
        this.done.set(key, keys.map((id) => ({ table: "task", id })));
        return { type: "written", opId, rows: keys.map((id) => ({ table: "task", id, record: draft.get(id) ?? null })) };
    }

    /** @param {any} step @param {Map<string, any>} draft @param {string[]} keys @param {string} subject */
    #step({ op, id, values = {} }, draft, keys, subject) {
        const stamp = { updated_at: new Date(1_700_000_000_000 + ++this.#time).toISOString().replace("Z", "+00:00"), updated_by: subject };
        const resolved = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value?.$ref === undefined ? value : keys[value.$ref]]));
        if (JSON.stringify([id, resolved]).includes("temp:")) {
            throw new Error(`a temporary id was sent: ${JSON.stringify([op, id, values])}`);
        }
        if (resolved.title === "bad") {
            return "invalid_value";
        }
        if (resolved.parent && !draft.has(resolved.parent)) {
            return "missing_reference";
        }
        const row = op === "insert" ? { id: `r${++this.#ids}`, parent: null } : draft.get(id);
        if (!row) {
            return "not_found";
        }
        keys.push(row.id);
        if (op === "delete") {
            draft.delete(id);
        } else {
            draft.set(row.id, { ...row, ...resolved, ...stamp });
        }
        return undefined;
    }
}

/** One connection. */
export class Session {
    /** @type {any[]} */
    inbox = [];
    /** @type {any[]} */
    outbox = [];
    /** @type {Map<string, {feed: number, matches: (row: any) => boolean}>} */
    watches = new Map();
    cursor = 0;
    #feeds = 0;

    /** @param {FakeServer} server @param {any} socket @param {string} subject */
    constructor(server, socket, subject) {
        this.server = server;
        this.socket = socket;
        this.subject = subject;
        this.cursor = Math.floor(server.random() * (server.log.length + 1));
        const { push } = Array.prototype;
        socket.sent.push = (/** @type {any} */ ...frames) => {
            this.inbox.push(...frames);
            return push.apply(socket.sent, frames);
        };
        server.sessions.add(this);
        socket.accept();
    }

    /** One message is taken up. */
    hear() {
        const frame = this.inbox.shift();
        const { server } = this;
        switch (frame?.type) {
            case "hello":
                // the follower of this node may be behind, but not behind what the client has heard
                this.cursor = Math.max(this.cursor, frame.resume?.offset ?? 0);
                return this.#say({ type: "welcome", session: "s", epoch: server.epoch, offset: this.cursor, user: { id: this.subject, name: "" }, limits: { frame_bytes: 16_384 }, heartbeat_seconds: 1e6, token_expires_in: 1e6 });
            case "watch":
                return this.#watch(frame);
            case "read":
                return this.#read(frame);
            case "write":
                return this.#say(server.write(frame, this.subject));
            case "unwatch":
                this.watches.delete(frame.ref);
                return this.#say({ type: "ok", ref: frame.ref });
            default:
                return undefined;
        }
    }

    /** One transaction is told. */
    follow() {
        const entry = this.server.log[this.cursor];
        if (!entry) {
            return;
        }
        this.cursor++;
        for (const { feed, matches } of this.watches.values()) {
            entry.changes.forEach(({ id, before, after }) => this.#tell(feed, id, before && matches(before), after && matches(after), after, this.cursor));
        }
        if (entry.subject === this.subject) {
            this.#say({ type: "receipt", offset: this.cursor, opId: entry.opId });
        }
    }

    /** One frame arrives. */
    deliver() {
        const frame = this.outbox.shift();
        frame && this.socket.say(frame);
    }

    /** @param {any} frame */
    #watch({ ref, filter = "", resume }) {
        const [, value] = filter.split("eq.");
        const matches = (/** @type {any} */ row) => !value || row.plan_id === value;
        const feed = ++this.#feeds;
        this.watches.set(ref, { feed, matches });
        this.#say({ type: "ok", ref, feed, offset: this.cursor, rights: "r", columns: [] });
        if (!resume) {
            return;
        }
        if (resume.offset > this.cursor || this.server.random() < 0.2) {
            this.#say({ type: "reset", feed, offset: this.cursor, reason: "resume" });
            return;
        }
        /** @type {Map<string, {seen: boolean, after: any}>} */
        const missed = new Map();
        for (const { changes } of this.server.log.slice(resume.offset, this.cursor)) {
            changes.forEach(({ id, before, after }) => {
                const seen = missed.get(id)?.seen || Boolean(before && matches(before)) || Boolean(after && matches(after));
                missed.set(id, { seen, after });
            });
        }
        missed.forEach(({ seen, after }, id) => this.#tell(feed, id, seen, after && matches(after), after, this.cursor));
        this.#say({ type: "resumed", ref, offset: this.cursor });
    }

    /** @param {any} frame */
    #read({ ref, table, filter = "", after = "" }) {
        const [, value] = filter.split("eq.");
        const all = [...this.server.rows.values()].filter((row) => !value || row.plan_id === value).sort((a, b) => (a.id < b.id ? -1 : 1));
        const rest = all.filter(({ id }) => id > after);
        this.#say({ type: "rows", ref, table, offset: this.server.log.length, rows: rest.slice(0, 3), more: rest.length > 3 });
    }

    /** @param {number} feed @param {string} id @param {boolean} was @param {boolean} is @param {any} record @param {number} offset */
    #tell(feed, id, was, is, record, offset) {
        const frame = { type: "postgres_changes", feed, table: "task", offset, commit_timestamp: "2026-11-21T10:00:00Z" };
        if (is) {
            this.#say({ ...frame, event: was ? "UPDATE" : "INSERT", record, ...(was && { old_record: {} }) });
        } else if (was) {
            this.#say({ ...frame, event: "DELETE", old_record: { id } });
        }
    }

    /** @param {object} frame  as it is now */
    #say(frame) {
        this.outbox.push(structuredClone(frame));
    }
}
