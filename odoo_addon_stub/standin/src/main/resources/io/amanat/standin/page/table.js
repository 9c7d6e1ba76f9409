import { columnOf, COLUMNS } from "./format.js";
import { openEditor } from "./editor.js";

/** The list on screen. It draws records in place and tells what the person did. */
export class Table {
    /** @type {Map<number, {row: HTMLTableRowElement, record: any, gone?: boolean}>} */
    #shown = new Map();
    /** @type {{id: number, column: string} | undefined} */
    #editing;

    /**
     * @param {HTMLTableSectionElement} body
     * @param {{write: (id: number, values: object, before: object) => void, remove: (id: number) => void,
     *     refused: (why: string) => void}} actions
     */
    constructor(body, actions) {
        this.body = body;
        this.actions = actions;
        this.partners = [];
    }

    /** Draws one record; what differs from the screen is highlighted when somebody else changed it. */
    draw(values, { highlight = false } = {}) {
        const known = this.#shown.get(values.id);
        if (known) {
            this.#update(known, values, highlight);
        } else {
            this.#insert(values, highlight);
        }
    }

    /** Makes the screen hold exactly these records; answers how many rows left. */
    reconcile(records, options) {
        const wanted = new Set(records.map(({ id }) => id));
        const gone = [...this.#shown.keys()].filter((id) => !wanted.has(id));
        gone.forEach((id) => this.remove(id));
        records.forEach((record) => this.draw(record, options));
        return gone.length;
    }

    /**
     * Takes a record away that is gone, now or when what is being typed into it is done with.
     *
     * @returns {{name: string, stays: boolean} | undefined} nothing when it is not on screen
     */
    leave(id) {
        const known = this.#shown.get(id);
        const stays = this.#editing?.id === id;
        if (stays) {
            known.gone = true;
            known.row.classList.add("gone");
        } else {
            this.remove(id);
        }
        return known && { name: known.record.name, stays };
    }

    remove(id) {
        const row = this.#shown.get(id)?.row;
        if (row?.contains(document.activeElement)) {
            (row.nextElementSibling ?? row.previousElementSibling)?.querySelector(".delete").focus();
        }
        row?.remove();
        this.#shown.delete(id);
        if (this.#editing?.id === id) {
            this.#editing = undefined;
        }
    }

    /** Starts typing into a cell. */
    edit(id, column) {
        const { row, record } = this.#shown.get(id);
        const cell = row.querySelector(`.${column}`);
        this.#editing = { id, column };
        openEditor(cell, column, record, this.partners, {
            done: (values) => this.#edited(id, cell, column, values),
            refused: this.actions.refused,
        });
    }

    #edited(id, cell, column, values) {
        this.#editing = undefined;
        cell.classList.remove("missed");
        const current = this.#shown.get(id);
        const before = { ...current?.record };
        if (current) {
            Object.assign(current.record, values && shownValues(values, this.partners));
            this.#fill(cell, column, current.record);
            cell.firstElementChild.focus();
        }
        if (values) {
            this.actions.write(id, values, before);
        } else if (current?.gone) {
            this.remove(id);
        }
    }

    #insert(record, highlight) {
        const row = document.createElement("tr");
        for (const column of Object.keys(COLUMNS)) {
            const cell = row.insertCell();
            cell.className = column === "amount" ? "amount number" : column;
            this.#fill(cell, column, record);
            cell.addEventListener("click", () => this.#isEditing(record.id, column) || this.edit(record.id, column));
        }
        row.insertCell().append(this.#deleteButton(record));
        row.classList.toggle("arrived", highlight);
        const next = [...this.#shown.entries()].filter(([id]) => id < record.id).sort(([a], [b]) => b - a)[0];
        this.body.insertBefore(row, next?.[1].row ?? null);
        this.#shown.set(record.id, { row, record });
    }

    #update(known, values, highlight) {
        const changed = Object.keys(values).filter((name) => !same(known.record[name], values[name]));
        Object.assign(known.record, values);
        known.gone = false;
        known.row.classList.remove("gone");
        for (const column of new Set(changed.map(columnOf).filter((name) => name in COLUMNS))) {
            const cell = known.row.querySelector(`.${column}`);
            if (this.#isEditing(values.id, column)) {
                cell.classList.add("missed"); // what is being typed stays
            } else {
                this.#fill(cell, column, known.record);
                if (highlight) {
                    flash(cell);
                }
            }
        }
    }

    #isEditing(id, column) {
        return this.#editing?.id === id && this.#editing.column === column;
    }

    #fill(cell, column, record) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "value";
        const text = COLUMNS[column].show(record);
        button.setAttribute("aria-label", `${COLUMNS[column].label} of ${record.name}: ${text || "empty"}; edit`);
        if (column === "state") {
            const badge = button.appendChild(document.createElement("span"));
            badge.className = "badge";
            badge.dataset.value = record.state;
            badge.textContent = text;
        } else {
            button.textContent = text;
            button.title = text;
        }
        cell.replaceChildren(button);
    }

    #deleteButton(record) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "delete";
        button.textContent = "×";
        button.setAttribute("aria-label", `Delete ${record.name}`);
        button.addEventListener("click", () => this.actions.remove(record.id));
        return button;
    }
}

function flash(cell) {
    cell.classList.remove("fresh");
    void cell.offsetWidth; // lets the animation start again
    cell.classList.add("fresh");
}

/** A many2one is the same when it points to the same record under the same name. */
function same(one, other) {
    return one?.id && other?.id ? one.id === other.id && one.display_name === other.display_name : one === other;
}

/** What the screen shows at once for what was written: many2one as Odoo will answer it. */
function shownValues(values, partners) {
    const name = (id) => partners.find((partner) => partner.id === id)?.name;
    return Object.fromEntries(
        Object.entries(values).map(([field, value]) =>
            columnOf(field) === "people" ? [field, value && { id: value, display_name: name(value) }] : [field, value],
        ),
    );
}
