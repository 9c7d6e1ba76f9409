// Pages without a browser: the client of the plan board, each page with a storage of its own, writes without a pause what can be
// counted afterwards. Every line that is read is answered by one line of JSON: how far all of them are. "stop" ends the writing.
import { createHmac, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { Tables } from "../../client/src/tables/index.js";

const require = createRequire(new URL("../../client/package.json", import.meta.url));
const { WebSocket } = require("ws");
const { IDBFactory } = require("fake-indexeddb");

const { url, origin, secret, pages: people } = JSON.parse(process.argv[2]);
const LIFE_SECONDS = 600;
const STATUSES = ["taken", "done", "posted", "edited"];
const MOST_PENDING = 4;
const MOST_TASKS = 6;
const PAUSE_MS = 40;

const base64 = (text) => Buffer.from(text).toString("base64url");
const pick = (list) => list[Math.floor(Math.random() * list.length)];

function token(subject) {
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: subject, role: "authenticated", iat: now, exp: now + LIFE_SECONDS };
    const signed = `${base64('{"alg":"HS256","typ":"JWT"}')}.${base64(JSON.stringify(claims))}`;
    return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

class Page {
    said = 0;
    done = 0;
    repeated = 0;
    toasts = [];
    tasks = [];
    rows = {};
    stopped = false;

    constructor({ subject, branch, plan, employee, tally }) {
        Object.assign(this, { subject, branch, plan, employee, tally });
        const memory = new Map();
        this.tables = new Tables({
            token: async () => ({ token: token(subject), url, expires_in: LIFE_SECONDS }),
            environment: {
                open: (address, protocol) => this.open(address, protocol),
                indexedDB: new IDBFactory(),
                locks: { request: async (_name, callback) => callback() },
                channel: () => undefined,
                frame: (callback) => void setTimeout(callback, 16),
                uuid: randomUUID,
                memory: { getItem: (key) => memory.get(key) ?? null, setItem: (key, value) => void memory.set(key, value), removeItem: (key) => void memory.delete(key) },
                storage: undefined,
                followWakes: () => {},
                isHidden: () => false,
                isPhone: () => false,
            },
            onToast: (toast) => this.toasts.push(toast),
            log: { debug() {}, warnOnce: (text) => process.stderr.write(`${text}\n`) },
        });
    }

    open(address, protocol) {
        const socket = new WebSocket(address, protocol, { origin, perMessageDeflate: false });
        socket.on("error", () => {});
        socket.on("message", (text) => (this.repeated += String(text).includes('"repeated":true') ? 1 : 0));
        return socket;
    }

    async start() {
        await this.tables.start();
        for (const table of ["task", "tally"]) {
            this.tables.view({ table }, (rows, { stale }) => (this.rows[table] = { rows, stale }));
        }
        if (this.tally) {
            this.writer = setInterval(() => this.write(), PAUSE_MS);
        }
    }

    /** One operation: the page's next number, and most often something to a task of its own, together with it. */
    write() {
        if (this.stopped || this.tables.pending >= MOST_PENDING) {
            return;
        }
        const number = { table: "tally", op: "update", id: this.tally, values: { seq: ++this.said } };
        const { ids, done } = this.tables.write([number, ...this.task()]);
        const inserted = this.tasks.at(-1);
        if (inserted && !inserted.id) {
            inserted.id = ids[1];
        }
        done.then(() => this.done++, () => {});
    }

    task() {
        const open = this.tasks.filter(({ deleted }) => !deleted);
        const chance = Math.random();
        if (chance < 0.2) {
            return [];
        }
        if (open.length === 0 || (chance < 0.5 && open.length < MOST_TASKS)) {
            const title = `${this.tally} ${this.said}`;
            this.tasks.push({ title, statuses: ["taken"], deleted: false });
            const values = { branch_id: this.branch, plan_id: this.plan, employee_id: this.employee, day: "2026-11-18", starts: "09:00", ends: "10:00", title };
            return [{ table: "task", op: "insert", values }];
        }
        const task = pick(open);
        if (chance > 0.85) {
            task.deleted = true;
            return [{ table: "task", op: "delete", id: task.id }];
        }
        const status = pick(STATUSES.filter((it) => it !== task.statuses.at(-1)));
        task.statuses.push(status);
        return [{ table: "task", op: "update", id: task.id, values: { status } }];
    }

    get state() {
        const { said, done, repeated, toasts, subject, tally } = this;
        const tasks = this.tasks.map(({ title, statuses, deleted }) => ({ title, statuses, deleted }));
        const rows = Object.fromEntries(Object.entries(this.rows).map(([table, seen]) => [table, { stale: seen.stale, rows: seen.rows.map(plain) }]));
        return { subject, tally, said, done, repeated, pending: this.tables.pending, connection: this.tables.connection, toasts, tasks, rows };
    }
}

/** As the server has it. */
function plain(row) {
    return Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith("$")));
}

const pages = people.map((person) => new Page(person));
await Promise.all(pages.map((page) => page.start()));

for await (const line of createInterface({ input: process.stdin })) {
    if (line === "stop") {
        pages.forEach((page) => (page.stopped = true));
    }
    const full = line === "all";
    const states = pages.map(({ state }) => (full ? state : { ...state, rows: undefined, tasks: undefined }));
    process.stdout.write(`${JSON.stringify(states)}\n`);
}
process.exit(0);
