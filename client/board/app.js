/** What the page knows, in one place; whoever draws is told once per frame that it changed. */
import { Data } from "./data.js";
import { addDays, localDay, monday, week } from "./dates.js";
import { folded } from "./layout.js";
import { Words } from "./words.js";

/** @typedef {import("./layout.js").Row} Row */
/** @typedef {"week" | "day" | "list"} Mode */
/**
 * What is open in the panel beside the board.
 *
 * @typedef {{kind: "task", id: string} | {kind: "new", values: Record<string, any>} | {kind: "clients"} | {kind: "client", id: string} | {kind: "new_client", values?: Record<string, any>}} Open
 */
/**
 * @typedef {object} State
 * @property {string} day
 * @property {Mode} mode
 * @property {string | undefined} branch
 * @property {string | undefined} plan
 * @property {import("./layout.js").Filter} filter
 * @property {Open | undefined} open
 * @property {import("../src/tables/tables.js").ConnectionState} connection
 * @property {number | undefined} since when the connection was lost
 * @property {number} pending operations that wait to be sent
 */

const NO_FILTER = Object.freeze({ text: "", status: "", employee: "" });

export class App {
    #drawn = false;
    /** @type {((app: App) => void)[]} */
    #parts = [];
    /** @type {WeakMap<object, string>} */
    #searched = new WeakMap();
    /** @type {((ids: Map<any, any>) => void)[]} whoever remembers ids */
    renames = [];
    /** @type {Map<string, string>} by temporary id, which drawn rows and who lifted one still say for a moment */
    #real = new Map();
    /** @type {(sentence: string) => void} for who cannot see it */
    announce = () => {};
    /** @type {(toast: {text: string, open?: Open}) => void} */
    toast = () => {};
    /** Whether there is room for one day only. */
    narrow = false;
    /** Held while something is dragged: what is under the hand does not move. */
    held = false;

    /**
     * @param {{tables: any, language: string, branch?: string, now?: () => Date}} means `branch`: whose board is shown first
     */
    constructor({ tables, language, branch, now = () => new Date() }) {
        this.tables = tables;
        this.now = now;
        this.words = new Words(language);
        this.data = new Data(tables, () => this.draw());
        /** @type {State} */
        this.state = {
            day: localDay(now()),
            mode: "week",
            branch,
            plan: undefined,
            filter: NO_FILTER,
            open: undefined,
            connection: "connecting",
            since: undefined,
            pending: 0,
        };
    }

    /** @param {(app: App) => void} part draws what it shows of this */
    part(part) {
        this.#parts.push(part);
    }

    /** @param {Partial<State>} changes */
    set(changes) {
        Object.assign(this.state, changes);
        this.draw();
    }

    /** @param {string} key @param {Record<string, string | number>} [values] */
    say(key, values) {
        this.announce(this.words.say(key, values));
    }

    /** @param {string} language */
    speak(language) {
        this.words = new Words(language);
        this.draw();
    }

    draw() {
        if (!this.#drawn) {
            this.#drawn = true;
            requestAnimationFrame(() => this.#drawNow());
        }
    }

    #drawNow() {
        this.#drawn = false;
        if (!this.held) {
            this.data.want(this.#wanted());
            this.#parts.forEach((part) => part(this));
        }
    }

    /** @returns {Record<string, import("./data.js").Query | undefined>} */
    #wanted() {
        const { day, mode, open } = this.state;
        const [branch, plan] = [this.branch?.id, this.plan?.id];
        const task = open?.kind === "task" ? open.id : undefined;
        const client = open?.kind === "client" ? open.id : undefined;
        return {
            branches: { table: "branch", order: "name" },
            employees: branch ? { table: "employee", filter: `branch_id=eq.${branch}`, order: "name" } : undefined,
            clients: branch ? { table: "client_card", filter: `branch_id=eq.${branch}`, order: "name" } : undefined,
            plans: branch ? { table: "plan", filter: `branch_id=eq.${branch},week=eq.${monday(day)}`, order: "title" } : undefined,
            tasks: plan && mode !== "list" ? { table: "task", filter: `plan_id=eq.${plan}`, order: "day,starts" } : undefined,
            all: branch && mode === "list" ? { table: "task", filter: `branch_id=eq.${branch}`, order: "day,starts" } : undefined,
            open: task ? { table: "task", filter: `id=eq.${task}` } : undefined, // wherever it is, or goes
            history: task ? { table: "status_history", filter: `task_id=eq.${task}`, order: "at" } : undefined,
            attachments: task ? { table: "attachment", filter: `task_id=eq.${task}`, order: "name" } : undefined,
            client_tasks: client ? { table: "task", filter: `client_card_id=eq.${client}`, order: "day,starts" } : undefined,
        };
    }

    /** @returns {Row | undefined} the branch on the board */
    get branch() {
        return this.data.row("branches", this.state.branch) ?? this.data.rows("branches")[0];
    }

    /** @returns {Row | undefined} the plan of the week on the board; there may be none yet */
    get plan() {
        return this.data.row("plans", this.state.plan) ?? this.data.rows("plans")[0];
    }

    /** @param {Element} element @returns {string} the task that is drawn there, by the id that it has now; empty if none is */
    taskAt(element) {
        const id = element.closest("[data-task]")?.getAttribute("data-task") ?? "";
        return this.#real.get(id) ?? id;
    }

    /** @param {string} of also a temporary id that has become a real one @returns {Row | undefined} */
    task(of) {
        const id = this.#real.get(of) ?? of;
        return this.data.row("tasks", id) ?? this.data.row("all", id) ?? this.data.row("client_tasks", id) ?? this.data.row("open", id);
    }

    /** @param {string} id of the task that is open: whether it is known that there is none any more */
    isGone(id) {
        return this.data.isReady("open") && !this.task(id);
    }

    /** @param {string | null | undefined} id */
    clientName(id) {
        return this.data.row("clients", id)?.name ?? "";
    }

    /** @param {string | null | undefined} id */
    personName(id) {
        return this.data.row("employees", id)?.name ?? this.words.say("somebody");
    }

    /** @param {readonly Row[]} tasks @returns {readonly Row[]} those that the filters let through */
    filtered(tasks) {
        const { text, status, employee } = this.state.filter;
        const wanted = folded(text.trim());
        if (!wanted && !status && !employee) {
            return tasks;
        }
        return tasks.filter(
            (task) =>
                (!status || task.status === status) &&
                (!employee || task.employee_id === employee) &&
                (!wanted || this.#text(task).includes(wanted) || folded(this.clientName(task.client_card_id)).includes(wanted)),
        );
    }

    /** @param {Row} task */
    #text(task) {
        const known = this.#searched.get(task);
        const text = known ?? folded(`${task.title} ${task.note ?? ""}`);
        this.#searched.set(task, text);
        return text;
    }

    clearFilters() {
        this.set({ filter: NO_FILTER });
    }

    /** @param {number} steps weeks, or days where one day is shown */
    go(steps) {
        this.set({ day: addDays(this.state.day, steps * (this.state.mode === "day" ? 1 : 7)) });
    }

    today() {
        return localDay(this.now());
    }

    /** @returns {string[]} the days of the week on the board */
    get days() {
        return week(this.state.day);
    }

    /** @param {Row} task whose later write replaced mine and was not looked at yet; empty if nobody's */
    replacedBy(task) {
        return task.$updatedBy ? String(task.$updatedBy) : "";
    }

    /** Temporary ids became real ones: what is open stays open. @param {Map<any, any>} ids */
    renamed(ids) {
        ids.forEach((real, temporary) => this.#real.set(temporary, real));
        const { open, plan } = this.state;
        if (open && "id" in open && ids.has(open.id)) {
            this.set({ open: { ...open, id: ids.get(open.id) } });
        }
        if (plan && ids.has(plan)) {
            this.set({ plan: ids.get(plan) });
        }
        this.renames.forEach((rename) => rename(ids));
    }
}
