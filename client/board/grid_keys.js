/** The keyboard and the mouse in the grid: where the focus is, what a key does there, moving a task without a mouse. */
import { beginning, mark, move, remove } from "./acts.js";
import { STATUSES } from "./layout.js";
import { step, within } from "./roving.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./grid.js").Grid} Grid */
/** @typedef {import("./roving.js").Place} Place */

export class GridKeys {
    /** @type {Place} */
    place = { row: 0, column: 0, card: "" };
    /** @type {HTMLElement | undefined} the one that Tab comes to */
    #stop;
    #had = false;

    /** @param {App} app @param {Grid} grid */
    constructor(app, grid) {
        this.app = app;
        this.grid = grid;
        app.renames.push((ids) => {
            this.place.card = ids.get(this.place.card) ?? this.place.card;
        });
        grid.element.addEventListener("keydown", (event) => this.#key(event));
        grid.element.addEventListener("click", (event) => this.#click(event));
        grid.element.addEventListener("dblclick", (event) => this.#doubleClick(event));
        grid.element.addEventListener("focusin", (event) => this.#focused(/** @type {HTMLElement} */ (event.target)));
        grid.element.addEventListener("focusout", (event) => {
            this.#had = this.#had && !(event.relatedTarget instanceof Node);
        });
    }

    /** After each drawing: the focus stays with its task, or with the slot where it was. */
    update() {
        const { place, grid } = this;
        const found = place.card ? grid.placeOf(place.card) : undefined;
        this.place = found ?? { row: within(place.row, grid.lines.length), column: within(place.column, grid.columns.length), card: "" };
        const element = grid.elementAt(this.place);
        this.#stopAt(element);
        if (this.#had && document.activeElement === document.body && !this.app.held) {
            element?.focus({ preventScroll: true });
        }
    }

    /** @param {HTMLElement | undefined} element */
    #stopAt(element) {
        if (this.#stop !== element) {
            this.#stop?.setAttribute("tabindex", "-1");
            element?.setAttribute("tabindex", "0");
            this.#stop = element;
        }
    }

    /** @param {HTMLElement} target */
    #focused(target) {
        this.#had = true;
        const task = this.app.taskAt(target);
        const cell = this.#cellOf(target);
        if (cell) {
            this.place = { row: cell.row, column: cell.index, card: task };
            this.#stopAt(this.grid.elementAt(this.place));
        }
    }

    /** @param {Element} target */
    #cellOf(target) {
        const slot = target.closest("[data-slot]")?.getAttribute("data-slot");
        return slot ? this.grid.slot(slot) : undefined;
    }

    /** @param {Place} place */
    focus(place) {
        this.place = place;
        const element = this.grid.elementAt(place);
        this.#stopAt(element);
        element?.focus();
    }

    /** @param {MouseEvent} event */
    #click(event) {
        const target = /** @type {HTMLElement} */ (event.target);
        const task = this.app.taskAt(target);
        if (task) {
            this.app.set({ open: { kind: "task", id: task } });
        } else if (target.closest(".add")) {
            this.#create(target);
        } else if (target.closest(".more")) {
            this.app.set({ mode: "list" });
        }
    }

    /** @param {MouseEvent} event */
    #doubleClick(event) {
        const target = /** @type {HTMLElement} */ (event.target);
        if (!target.closest("button")) {
            this.#create(target);
        }
    }

    /** @param {Element} target */
    #create(target) {
        const cell = this.#cellOf(target);
        if (cell) {
            this.app.set({ open: { kind: "new", values: beginning(cell.tasks, { employee: cell.employee.id, ...cell.column }) } });
        }
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        if (event.ctrlKey || event.altKey || event.metaKey) {
            return;
        }
        if (this.grid.moving ? this.#moveKey(event) : this.#placeKey(event) || this.#actKey(event)) {
            event.preventDefault();
            event.stopPropagation();
        }
    }

    /** @param {KeyboardEvent} event */
    #placeKey({ key }) {
        const { grid } = this;
        const to = step(key, this.place, {
            rows: grid.lines.length,
            columns: grid.columns.length,
            cards: (row, column) => (grid.cell(row, column)?.tasks ?? []).map(({ id }) => id).filter((card) => grid.elementAt({ row, column, card })),
        });
        if (to) {
            this.focus(to);
        }
        return to !== undefined;
    }

    /** @param {KeyboardEvent} event */
    #actKey({ key, target }) {
        const task = this.place.card ? this.app.task(this.place.card) : undefined;
        if (key === "n" || (key === "Enter" && !task)) {
            this.#create(/** @type {Element} */ (target));
            return true;
        }
        return task !== undefined && this.#taskKey(key, task);
    }

    /** @param {string} key @param {import("./layout.js").Row} task */
    #taskKey(key, task) {
        const status = STATUSES[Number(key) - 1];
        if (status) {
            mark(this.app, task, status);
        } else if (key === "m") {
            this.#lift(task);
        } else if (key === "Delete") {
            remove(this.app, task);
        } else {
            return false;
        }
        return true;
    }

    /** @param {import("./layout.js").Row} task */
    #lift(task) {
        const cell = this.grid.cell(this.place.row, this.place.column);
        if (cell) {
            this.grid.moving = { task: task.id, slot: cell.key };
            this.app.say("move_started", { title: task.title });
            this.app.draw();
        }
    }

    /** @param {KeyboardEvent} event */
    #moveKey({ key }) {
        const { moving } = this.grid;
        const at = moving && this.grid.slot(moving.slot);
        if (!moving || !at || key === "Escape") {
            this.#dropped("move_cancelled");
        } else if (key === "Enter") {
            const task = this.app.task(moving.task);
            this.grid.moving = undefined;
            if (task) {
                move(this.app, task, { employee: at.employee.id, ...at.column });
            }
            this.app.draw();
        } else {
            this.#aim(key, at);
        }
        return key !== "Tab";
    }

    /** @param {string} said */
    #dropped(said) {
        this.grid.moving = undefined;
        this.app.say(said);
        this.app.draw();
    }

    /** @param {string} key @param {import("./grid.js").Cell} at */
    #aim(key, at) {
        const to = step(key, { row: at.row, column: at.index, card: "" }, { rows: this.grid.lines.length, columns: this.grid.columns.length, cards: () => [] });
        const cell = to && this.grid.cell(to.row, to.column);
        if (cell && this.grid.moving) {
            this.grid.moving.slot = cell.key;
            this.app.announce(this.grid.elementAt({ row: cell.row, column: cell.index, card: "" })?.querySelector(".unseen")?.textContent ?? "");
            this.app.draw();
        }
    }
}
