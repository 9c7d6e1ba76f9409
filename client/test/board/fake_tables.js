/** The tables of one office in memory, for several pages of one browser process: the API of src/tables/ without a bridge. */

/** @typedef {Record<string, any> & {id: string}} Row */

export const MONDAY = "2026-11-16";
const NAMES = ["Dilnoza Karimova", "Jasur Toshmatov", "Sherzod Abdullayev", "Nodira Yusupova", "Bekzod Rahimov", "Timur Akhmedov", "Malika Saidova", "Gulnora Mirzayeva"];
const COLORS = ["#1f6f8b", "#8a4f7d", "#4c7a34", "#a35b1e", "#4a5fa8", "#a33d4c"];
const CLIENTS = ["«Oq saroy» mehmonxonasi", "Feruza Xolmatova", "«Navroʻz» supermarketi", "Anvar Joʻrayev", "17-maktab oshxonasi", "Ольга Петрова"];
const WORK = ["Konditsionerni tozalash", "Muzlatgichni koʻrish", "Oʻlchov olish", "Shartnomani imzolatish", "Замена фильтров", "Kafolat boʻyicha taʼmirlash", "Yangi jihozni oʻrnatish"];
const STATUSES = ["taken", "done", "posted", "edited"];

/** @param {number} tasks @param {number} [people] @returns {Record<string, Row[]>} */
export function office(tasks, people = 6) {
    const employee = NAMES.slice(0, people).map((name, n) => ({ id: `e${n}`, branch_id: "b1", name, color: COLORS[n % COLORS.length] }));
    const client_card = CLIENTS.map((name, n) => ({ id: `c${n}`, branch_id: "b1", name, phone: `+998 90 000 11 0${n}`, address: `Chilonzor, ${n + 3}-mavze`, note: n % 2 ? null : "Domofon ishlamaydi." }));
    const task = Array.from({ length: tasks }, (_, n) => {
        const dice = (n * 2_654_435_761) >>> 0;
        const hour = 8 + (dice % 10);
        const day = new Date(Date.parse(`${MONDAY}T00:00:00Z`) + ((dice >>> 8) % 6) * 86_400_000).toISOString().slice(0, 10);
        return { id: `t${n}`, branch_id: "b1", plan_id: "p1", employee_id: `e${(dice >>> 16) % people}`, client_card_id: n % 5 ? `c${n % CLIENTS.length}` : null, day, starts: `${String(hour).padStart(2, "0")}:${n % 2 ? "30" : "00"}:00`, ends: `${String(hour + 1).padStart(2, "0")}:30:00`, title: `${WORK[n % WORK.length]}${tasks > 100 ? ` № ${n}` : ""}`, note: n % 4 ? null : "Kalit qoʻshnida.", status: STATUSES[(dice >>> 20) % 4], updated_at: "2026-11-16T05:00:00+00:00", updated_by: `e${n % people}` };
    });
    const status_history = task.slice(0, 80).flatMap(({ id, status }, n) => STATUSES.slice(0, STATUSES.indexOf(status ?? "") + 1).map((each, step) => ({ id: `${id}h${step}`, task_id: id, status: each, at: `2026-11-1${6 + step}T0${4 + step}:1${step}:00+00:00`, by: `e${(n + step) % people}` })));
    const attachment = task.slice(0, 80).filter((_, n) => n % 2 === 0).flatMap(({ id }) => [{ id: `${id}a`, task_id: id, name: "Dalolatnoma.pdf", kind: "application/pdf", size: 182_300, url: "https://files.example/a.pdf" }]);
    return { branch: [{ id: "b1", name: "Toshkent · Chilonzor" }], plan: [{ id: "p1", branch_id: "b1", week: MONDAY, title: "Hafta rejasi" }], employee, client_card, task, status_history, attachment };
}

/** What the pages have in common. */
export class FakeServer {
    /** @type {Set<FakeTables>} */
    pages = new Set();
    /** @type {Map<string, Record<string, any[]>>} who is where, by topic */
    presence = new Map();
    #stamp = 0;

    /** @param {Record<string, Row[]>} tables */
    constructor(tables) {
        this.tables = new Map(Object.entries(tables));
    }

    /** @param {string} table @param {string} id @param {Record<string, any> | null} values @param {string} by */
    put(table, id, values, by) {
        const rows = this.tables.get(table) ?? [];
        const updated_at = `2026-11-21T10:00:${String(++this.#stamp).padStart(6, "0")}+00:00`;
        const at = rows.findIndex((row) => row.id === id);
        const next = values && { ...rows[at], ...values, id, updated_at, updated_by: by };
        this.tables.set(table, [...rows.slice(0, at < 0 ? rows.length : at), ...(next ? [next] : []), ...(at < 0 ? [] : rows.slice(at + 1))]);
        this.pages.forEach((page) => page.redraw(table));
        return next;
    }

    /** @param {string} name @param {string} who @param {any[]} places */
    place(name, who, places) {
        const { [who]: _, ...others } = this.presence.get(name) ?? {};
        this.presence.set(name, places.length ? { ...others, [who]: places } : others);
        this.pages.forEach((page) => page.tell(name));
    }
}

export class FakeTables {
    connection = "live";
    /** @type {number | undefined} */
    since;
    /** @type {{table: string, match: (row: Row) => boolean, draw: Function}[]} */
    #views = [];
    /** @type {{name: string, presence: Function}[]} */
    #topics = [];
    /** @type {any[]} */
    queue = [];
    /** @type {Set<string>} */
    refuse = new Set();
    /** @type {Map<string, any>} what a view says of itself, by table */
    abouts = new Map();
    #count = 0;

    /** @param {FakeServer} server @param {string} me @param {any} told */
    constructor(server, me, told) {
        Object.assign(this, { server, me, told });
        this.server = server;
        this.me = me;
        this.told = told;
        server.pages.add(this);
    }

    async start() {}

    stop() {}

    get pending() {
        return this.queue.length;
    }

    /** @param {{table: string, filter?: string}} query @param {(rows: Row[], about: any) => void} callback */
    view({ table, filter = "" }, callback) {
        const conditions = filter.split(",").filter(Boolean).map((each) => /^(\w+)=eq\.(.*)$/.exec(each) ?? ["", "", ""]);
        const match = (/** @type {Row} */ row) => conditions.every(([, column = "", value]) => row[column] === value);
        const about = () => this.abouts.get(table) ?? { stale: false };
        const view = { table, match, draw: () => callback(about().error ? [] : this.#rows(table).filter(match), about()) };
        this.#views.push(view);
        queueMicrotask(view.draw);
        return { ready: Promise.resolve(), end: () => void (this.#views = this.#views.filter((each) => each !== view)) };
    }

    /** @param {string} table @returns {Row[]} */
    #rows(table) {
        const rows = this.server.tables.get(table) ?? [];
        const waiting = this.queue.filter((step) => step.table === table);
        if (waiting.length === 0) {
            return rows;
        }
        const found = new Map(rows.map((row) => [row.id, row]));
        for (const { id, op, values } of waiting) {
            const before = found.get(id);
            if (op === "delete") {
                found.delete(id);
            } else if (before || op === "insert") {
                found.set(id, { ...before, ...values, id, $pending: Number(before?.$pending ?? 0) + 1 });
            }
        }
        return [...found.values()];
    }

    /** @param {any} write */
    write(write) {
        const steps = [write].flat().map((step) => ({ ...step, id: step.id ?? `${this.me}-new-${++this.#count}` }));
        this.queue.push(...steps);
        this.#told();
        if (this.connection === "live") {
            setTimeout(() => this.flush(), 60);
        }
        return { opId: "x", ids: steps.map(({ id }) => id), done: Promise.resolve([]) };
    }

    flush() {
        for (const step of this.queue.splice(0)) {
            if (this.refuse.has(step.id)) {
                this.told.onToast({ code: "not_allowed", message: "", ...step });
            } else {
                this.server.put(step.table, step.id, step.op === "delete" ? null : step.values, this.me);
            }
        }
        this.#told();
    }

    seen() {}

    /** @param {string} table @param {any} about */
    about(table, about) {
        this.abouts.set(table, about);
        this.redraw(table);
    }

    /** @param {"live" | "offline" | "signed_out"} connection @param {number} [since] */
    connect(connection, since) {
        this.connection = connection;
        this.since = since;
        if (connection === "live") {
            this.flush();
        }
        this.#told();
    }

    #told() {
        this.told.onState();
        this.#views.forEach((view) => view.draw());
    }

    /** @param {string} table */
    redraw(table) {
        this.#views.filter((view) => view.table === table).forEach((view) => view.draw());
    }

    /** @param {string} name @param {{presence: Function}} handlers */
    topic(name, { presence }) {
        const topic = { name, presence };
        this.#topics.push(topic);
        queueMicrotask(() => this.tell(name));
        return {
            track: (/** @type {object} */ state) => this.server.place(name, this.me, [state]),
            untrack: () => this.server.place(name, this.me, []),
            broadcast: () => {},
            end: () => {
                this.#topics = this.#topics.filter((each) => each !== topic);
                this.server.place(name, this.me, []);
            },
        };
    }

    /** @param {string} name */
    tell(name) {
        this.#topics.filter((topic) => topic.name === name).forEach((topic) => topic.presence(this.server.presence.get(name) ?? {}));
    }
}
