/** The week of a branch: a row for each employee, a column for each day (or hour), tasks in their slots. */
import { avatar, redraw } from "./avatar.js";
import { drawCard, makeCard } from "./card.js";
import { longDay, shortDay, weekTitle, weekday } from "./dates.js";
import { Keyed, el, icon, set, unseen } from "./dom.js";
import { dayColumns, hours, isWeekend, slotOf, slots, weekColumns } from "./layout.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./layout.js").Row} Row */
/** @typedef {import("./layout.js").Column} Column */
/** @typedef {{employee: Row, cells: Cell[], tasks: readonly Row[]}} Line */
/** @typedef {{key: string, employee: Row, column: Column, tasks: Row[], row: number, index: number}} Cell */

/** A slot with more is read in the list. */
const MOST_CARDS = 40;

export class Grid {
    /** @type {Line[]} */
    lines = [];
    /** @type {Column[]} */
    columns = [];
    /** @type {Map<string, any[]>} */
    #editors = new Map();

    /**
     * @param {App} app
     * @param {{presence: import("./presence.js").Presence, hasDraft: (id: string) => boolean}} beside
     */
    constructor(app, { presence, hasDraft }) {
        this.app = app;
        this.presence = presence;
        this.hasDraft = hasDraft;
        /** Of the task that is being moved, or the slot it would go to. @type {{task: string, slot: string} | undefined} */
        this.moving = undefined;
        this.corner = el("div", { role: "columnheader", class: "corner" });
        this.head = el("div", { role: "row", class: "grid-head" });
        this.body = el("div", { role: "rowgroup", class: "grid-body" });
        this.element = el("div", { role: "grid", class: "grid", id: "board" }, el("div", { role: "rowgroup", class: "grid-top" }, this.head), this.body);
        this.heads = new Keyed(this.head, { key: (/** @type {Column | "corner"} */ column) => (column === "corner" ? column : column.key), make: (column) => this.#makeHead(column), update: (head, column) => this.#drawHead(head, column) });
        this.rows = new Keyed(this.body, { key: (/** @type {Line} */ { employee }) => employee.id, make: (line) => this.#makeLine(line), update: (row, line) => this.#drawLine(row, line) });
        /** @type {WeakMap<Element, {who: HTMLElement, cells: Keyed<Cell>}>} */
        this.lineParts = new WeakMap();
        /** @type {WeakMap<Element, {cards: Keyed<import("./card.js").Shown>, name: HTMLElement, badge: HTMLElement, add: HTMLElement, more: HTMLElement, here: HTMLElement}>} */
        this.cellParts = new WeakMap();
    }

    draw() {
        const { app } = this;
        const tasks = app.filtered(app.data.rows("tasks"));
        this.columns = this.#columns(tasks);
        const bySlot = slots(tasks, this.columns);
        this.#editors = this.presence.editors();
        const employees = app.data.rows("employees").filter(({ id }) => !app.state.filter.employee || id === app.state.filter.employee);
        this.lines = employees.map((employee, row) => {
            const cells = this.columns.map((column, index) => {
                const key = slotOf(employee.id, column.key);
                return { key, employee, column, row, index, tasks: bySlot.get(key) ?? [] };
            });
            return { employee, cells, tasks: cells.flatMap(({ tasks }) => tasks) };
        });
        this.element.style.setProperty("--columns", String(this.columns.length));
        set(this.element, { "aria-label": app.words.say("board_grid", { branch: app.branch?.name ?? "", when: weekTitle(app.words, app.state.day) }), "data-mode": app.state.mode, "data-narrow": app.narrow });
        this.heads.show(["corner", ...this.columns]);
        this.rows.show(this.lines);
    }

    /** @param {readonly Row[]} tasks */
    #columns(tasks) {
        const { mode, day } = this.app.state;
        if (mode === "day" && !this.app.narrow) {
            return dayColumns(day, tasks);
        }
        return weekColumns(this.app.narrow ? [day] : this.app.days);
    }

    /** @param {Column | "corner"} column */
    #makeHead(column) {
        return column === "corner" ? this.corner : el("div", { role: "columnheader", class: "day-head" }, el("span", { class: "day-name" }), el("span", { class: "day-number" }));
    }

    /** @param {Element} head @param {Column | "corner"} column */
    #drawHead(head, column) {
        const { words } = this.app;
        if (column === "corner") {
            set(head, { text: words.say("employees") });
            return;
        }
        const today = column.day === this.app.today();
        const [name, number] = head.children;
        if (name && number) {
            set(name, { text: column.hour === undefined ? words.list(this.app.narrow ? "days" : "days_short")[weekday(column.day)] : `${column.hour}:00` });
            set(number, { text: column.hour === undefined ? shortDay(words, column.day) : "" });
        }
        set(head, { class: `day-head${today && column.hour === undefined ? " is-today" : ""}${isWeekend(column.day) ? " is-weekend" : ""}`, "aria-current": today && column.hour === undefined ? "date" : null });
    }

    /** @param {Line} line */
    #makeLine({ employee }) {
        const who = el("div", { role: "rowheader", class: "who" }, avatar(/** @type {any} */ (employee)), el("span", { class: "who-text" }, el("span", { class: "who-name" }), el("span", { class: "who-load" })));
        const row = el("div", { role: "row", class: "grid-row" }, who);
        const cells = el("div", { role: "presentation", class: "cells" });
        row.append(cells);
        this.lineParts.set(row, { who, cells: new Keyed(cells, { key: (/** @type {Cell} */ cell) => cell.key, make: (cell) => this.#makeCell(cell), update: (element, cell) => this.#drawCell(element, cell) }) });
        return row;
    }

    /** @param {Element} row @param {Line} line */
    #drawLine(row, { employee, cells, tasks }) {
        const parts = this.lineParts.get(row);
        if (parts) {
            const [mark, text] = parts.who.children;
            redraw(/** @type {HTMLElement} */ (mark), /** @type {any} */ (employee));
            set(/** @type {Element} */ (text?.children[0]), { text: employee.name });
            set(/** @type {Element} */ (text?.children[1]), { text: this.app.words.say("load", { tasks: tasks.length, hours: hours(tasks) }) });
            set(parts.who, { class: `who${employee.id === this.app.tables.me ? " is-me" : ""}` });
            parts.cells.show(cells);
        }
    }

    /** @param {Cell} cell */
    #makeCell(cell) {
        const cards = el("div", { class: "cards" });
        const badge = el("span", { class: "slot-badge", hidden: true });
        const here = el("span", { class: "slot-editors", hidden: true });
        const add = el("button", { type: "button", class: "add", tabindex: "-1" }, icon("add"));
        const more = el("button", { type: "button", class: "more", tabindex: "-1", hidden: true });
        const name = unseen();
        const element = el("div", { role: "gridcell", class: "cell", tabindex: "-1", "data-slot": cell.key }, name, badge, cards, more, here, add);
        this.cellParts.set(element, { name, badge, add, more, here, cards: new Keyed(cards, { key: (/** @type {import("./card.js").Shown} */ { task }) => task.id, make: makeCard, update: (card, shown) => drawCard(card, shown, this.app) }) });
        return element;
    }

    /** @param {Element} element @param {Cell} cell */
    #drawCell(element, cell) {
        const parts = this.cellParts.get(element);
        if (!parts) {
            return;
        }
        const { words, state } = this.app;
        const { tasks, column, employee } = cell;
        const pending = tasks.reduce((sum, task) => sum + Number(task.$pending ?? 0), 0);
        const day = longDay(words, column.day) + (column.hour === undefined ? "" : ` ${column.hour}:00`);
        set(parts.name, { text: words.say("slot", { name: employee.name, day, count: tasks.length }) });
        set(element, {
            class: `cell${isWeekend(column.day) ? " is-weekend" : ""}${column.hour === undefined && column.day === this.app.today() ? " is-today" : ""}${this.moving?.slot === cell.key ? " is-target" : ""}`,
        });
        set(parts.badge, { hidden: pending === 0, text: pending ? words.say("pending_short", { count: pending }) : "" });
        set(parts.add, { "aria-label": words.say("add_here", { name: employee.name, day }), title: words.say("new_task") });
        set(parts.more, { hidden: tasks.length <= MOST_CARDS, text: words.say("slot_more", { count: tasks.length - MOST_CARDS }) });
        this.#drawHere(parts.here, slotOf(employee.id, column.day), column);
        parts.cards.show(tasks.slice(0, MOST_CARDS).map((task) => this.#shown(task, state.open)));
    }

    /** @param {HTMLElement} element @param {string} slot @param {Column} column */
    #drawHere(element, slot, { hour }) {
        const people = hour === undefined ? (this.#editors.get(slot) ?? []) : [];
        const names = people.map(({ name }) => name).join(", ");
        set(element, { hidden: people.length === 0 });
        if (element.dataset.people !== names + this.app.words.language) {
            element.dataset.people = names + this.app.words.language;
            element.replaceChildren(...people.slice(0, 2).map((each) => avatar(each, "small")), people.length ? this.app.words.say("editing_here", { name: names }) : "");
        }
    }

    /** @param {Row} task @param {import("./app.js").Open | undefined} open @returns {import("./card.js").Shown} */
    #shown(task, open) {
        const by = this.app.replacedBy(task);
        return {
            task,
            client: this.app.clientName(task.client_card_id),
            editors: this.#editors.get(task.id) ?? [],
            by: by && this.app.personName(by),
            draft: this.hasDraft(task.id),
            open: open?.kind === "task" && open.id === task.id,
            lifted: this.moving?.task === task.id,
        };
    }

    /** @param {number} row @param {number} column @returns {Cell | undefined} */
    cell(row, column) {
        return this.lines[row]?.cells[column];
    }

    /** @param {string} slot @returns {Cell | undefined} */
    slot(slot) {
        return this.lines.flatMap(({ cells }) => cells).find(({ key }) => key === slot);
    }

    /** @param {import("./roving.js").Place} place @returns {HTMLElement | undefined} */
    elementAt({ row, column, card }) {
        const cell = this.cell(row, column);
        const line = cell && this.rows.at(cell.employee.id);
        const element = cell && line && this.lineParts.get(line)?.cells.at(cell.key);
        return element && card ? this.cellParts.get(element)?.cards.at(card) : element;
    }

    /** @param {string} task @returns {import("./roving.js").Place | undefined} where it is */
    placeOf(task) {
        const cell = this.lines.flatMap(({ cells }) => cells).find(({ tasks }) => tasks.some(({ id }) => id === task));
        return cell && { row: cell.row, column: cell.index, card: task };
    }
}
