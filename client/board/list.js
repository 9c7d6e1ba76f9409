/** All tasks of the branch in one list, however many: only the rows near what is seen are in the page. */
import { shortDay, shortMoment, weekday } from "./dates.js";
import { Keyed, el, set } from "./dom.js";
import { statusIcon } from "./card.js";
import { timeOf } from "./layout.js";
import { range, reveal, steady } from "./window.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./layout.js").Row} Row */
/** @typedef {{row: Row, index: number}} Line */

const ROW = 40;
const NARROW_ROW = 64;
const COLUMNS = ["day", "time", "title", "client", "employee", "status", "updated"];
/** @type {Record<string, (at: number, page: number, last: number) => number>} */
const KEYS = {
    ArrowDown: (at) => at + 1,
    ArrowUp: (at) => at - 1,
    PageDown: (at, page) => at + page,
    PageUp: (at, page) => at - page,
    Home: () => 0,
    End: (_at, _page, last) => last,
};

export class List {
    /** @type {readonly Row[]} */
    #rows = [];
    /** @type {Map<string, number> | undefined} where each row is, made when asked */
    #indexes;
    /** The row that has the focus, or had it last. */
    #current = "";
    /** The row at the top of the screen. */
    #anchor = { id: "", index: 0 };
    #height = 600;
    /** What each element shows. @type {WeakMap<Element, unknown[]>} */
    #drawn = new WeakMap();

    /** @param {App} app */
    constructor(app) {
        this.app = app;
        this.head = el("div", { role: "row", class: "list-row list-head", "aria-rowindex": "1" }, ...COLUMNS.map((name) => el("div", { role: "columnheader", class: `col-${name}` })));
        this.body = el("div", { role: "rowgroup", class: "list-body" });
        this.count = el("p", { class: "list-count" });
        this.empty = el("p", { class: "nothing", hidden: true });
        this.frame = el("div", { class: "list-frame", role: "grid" }, el("div", { role: "rowgroup", class: "list-top" }, this.head), this.body);
        this.element = el("section", { class: "list" }, this.count, this.frame, this.empty);
        this.lines = new Keyed(this.body, { key: (/** @type {Line} */ { row }) => row.id, make: () => this.#make(), update: (element, line) => this.#drawLine(element, line) });
        app.renames.push((ids) => {
            this.#current = ids.get(this.#current) ?? this.#current;
        });
        this.frame.addEventListener("scroll", () => this.#drawWindow(), { passive: true });
        this.frame.addEventListener("keydown", (event) => this.#key(event));
        this.body.addEventListener("click", (event) => this.#open(/** @type {Element} */ (event.target)));
        this.body.addEventListener("focusin", (event) => this.#focused(/** @type {Element} */ (event.target)));
        new ResizeObserver(([entry]) => {
            this.#height = entry?.contentRect.height ?? this.#height;
            this.#drawWindow();
        }).observe(this.frame);
    }

    get #rowHeight() {
        return this.app.narrow ? NARROW_ROW : ROW;
    }

    draw() {
        const { app } = this;
        const rows = app.filtered(app.data.rows("all"));
        if (rows !== this.#rows) {
            this.#rows = rows;
            this.#indexes = undefined;
            this.#hold();
        }
        COLUMNS.forEach((name, index) => set(/** @type {Element} */ (this.head.children[index]), { text: app.words.say(`col_${name}`) }));
        set(this.frame, { "aria-label": app.words.say("task_list"), "aria-rowcount": rows.length + 1 });
        set(this.count, { text: app.words.say("tasks_shown", { count: rows.length }) });
        set(this.empty, { hidden: rows.length > 0, text: app.words.say(app.data.isReady("all") ? "empty_list" : "loading") });
        this.body.style.setProperty("height", `${rows.length * this.#rowHeight}px`);
        this.#drawWindow();
    }

    /** Keeps the row at the top where it is while others come and go above it. */
    #hold() {
        const { id, index } = this.#anchor;
        const now = this.#rows[index]?.id === id ? index : this.#indexOf(id);
        const top = steady({ top: this.frame.scrollTop, rowHeight: this.#rowHeight, before: index, now });
        if (id && this.frame.scrollTop > 0 && top !== this.frame.scrollTop) {
            this.body.style.setProperty("height", `${this.#rows.length * this.#rowHeight}px`);
            this.frame.scrollTop = top;
        }
    }

    /** @param {string} id */
    #indexOf(id) {
        this.#indexes ??= new Map(this.#rows.map((row, index) => [row.id, index]));
        return this.#indexes.get(id) ?? -1;
    }

    #drawWindow() {
        const { scrollTop } = this.frame;
        const { first, end } = range({ top: scrollTop, height: this.#height, rowHeight: this.#rowHeight, count: this.#rows.length });
        const lines = this.#rows.slice(first, end).map((row, offset) => ({ row, index: first + offset }));
        const top = Math.min(Math.floor(scrollTop / this.#rowHeight), this.#rows.length - 1);
        this.#anchor = { id: this.#rows[top]?.id ?? "", index: top };
        this.lines.show(this.#withFocused(lines));
        this.#stop();
    }

    /** The row with the focus stays in the page, wherever one scrolls to. @param {Line[]} lines */
    #withFocused(lines) {
        const focused = this.body.contains(document.activeElement) ? this.#current : "";
        const index = focused && !lines.some(({ row }) => row.id === focused) ? this.#indexOf(focused) : -1;
        const row = this.#rows[index];
        return row ? [...lines, { row, index }] : lines;
    }

    /** The one row that Tab comes to. */
    #stop() {
        const stop = this.lines.at(this.#current) ?? this.body.firstElementChild;
        const before = this.body.querySelector('[tabindex="0"]');
        if (before !== stop) {
            before?.setAttribute("tabindex", "-1");
            stop?.setAttribute("tabindex", "0");
        }
    }

    #make() {
        return el("div", { role: "row", class: "list-row", tabindex: "-1" }, ...COLUMNS.map((name) => el("div", { role: "gridcell", class: `col-${name}` })));
    }

    /** Rows that have not changed are the same objects. @param {HTMLElement} element @param {Line} line */
    #drawLine(element, { row, index }) {
        const { words, data, state } = this.app;
        const open = state.open?.kind === "task" && state.open.id === row.id;
        const now = [row, index, open, words, data.rows("clients"), data.rows("employees"), this.#rowHeight];
        const before = this.#drawn.get(element);
        if (!before || now.some((each, place) => each !== before[place])) {
            this.#drawn.set(element, now);
            this.#drawRow(element, { row, index }, open);
        }
    }

    /** @param {HTMLElement} element @param {Line} line @param {boolean} open */
    #drawRow(element, { row, index }, open) {
        const place = `${index * this.#rowHeight}px`;
        if (element.dataset.place !== place) {
            element.dataset.place = place;
            element.style.setProperty("transform", `translateY(${place})`);
            element.setAttribute("aria-rowindex", String(index + 2));
        }
        const values = this.#values(row);
        const signature = `${values.join("\n")}\n${row.$pending ?? 0}${open}`;
        if (element.dataset.shown !== signature) {
            element.dataset.shown = signature;
            element.dataset.task = row.id;
            element.className = `list-row is-${row.status}${row.$pending ? " is-pending" : ""}${open ? " is-open" : ""}`;
            values.forEach((value, column) => set(/** @type {Element} */ (element.children[column]), { text: value }));
            element.children[COLUMNS.indexOf("status")]?.prepend(statusIcon(row.status));
        }
    }

    /** @param {Row} row @returns {string[]} in the order of the columns */
    #values(row) {
        const { words } = this.app;
        const day = row.day ? `${words.list("days_short")[weekday(row.day)]} ${shortDay(words, row.day)}` : "";
        const by = this.app.replacedBy(row);
        const changed = by ? words.say("card_updated_by", { name: this.app.personName(by) }) : row.updated_at ? shortMoment(words, row.updated_at) : "";
        return [day, timeOf(row), row.title, this.app.clientName(row.client_card_id), this.app.personName(row.employee_id), words.say(`status_${row.status}`), row.$pending ? words.say("card_pending") : changed];
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        const leads = KEYS[event.key];
        const page = Math.max(1, Math.floor(this.#height / this.#rowHeight) - 1);
        if (leads) {
            event.preventDefault();
            const last = this.#rows.length - 1;
            this.#focus(Math.max(0, Math.min(leads(Math.max(0, this.#indexOf(this.#current)), page, last), last)));
        } else if (event.key === "Enter" && event.target instanceof Element) {
            this.#open(event.target);
        }
    }

    /** @param {number} index */
    #focus(index) {
        this.#current = this.#rows[index]?.id ?? "";
        const head = this.head.offsetHeight;
        this.frame.scrollTop = reveal({ top: this.frame.scrollTop, height: this.#height - head, rowHeight: this.#rowHeight, index });
        this.#drawWindow();
        this.lines.at(this.#current)?.focus({ preventScroll: true });
    }

    /** Back to the row that had the focus last. */
    focus() {
        this.lines.at(this.#current)?.focus({ preventScroll: true });
    }

    /** @param {Element} target */
    #focused(target) {
        this.#current = this.app.taskAt(target) || this.#current;
        this.#stop();
    }

    /** @param {Element} target */
    #open(target) {
        const id = this.app.taskAt(target);
        if (id) {
            this.app.set({ open: { kind: "task", id } });
        }
    }
}
