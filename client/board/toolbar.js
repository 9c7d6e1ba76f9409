/** Below the top: finding, filters, the plan where a week has several, a new task. */
import { beginning } from "./acts.js";
import { el, icon, set } from "./dom.js";
import { STATUSES } from "./layout.js";

/** @typedef {import("./app.js").App} App */

export class Toolbar {
    /** @param {App} app @param {{place: () => import("./grid.js").Cell | undefined}} grid where the focus is or was */
    constructor(app, { place }) {
        this.app = app;
        this.place = place;
        this.search = el("input", { type: "search", class: "search", autocomplete: "off", on: { input: () => this.#filter({ text: this.search.value }) } });
        this.statuses = ["", ...STATUSES].map((status) => el("button", { type: "button", class: `pill is-${status || "all"}`, on: { click: () => this.#filter({ status }) } }));
        this.group = el("div", { class: "pills", role: "group" }, ...this.statuses);
        this.employee = el("select", { class: "employee", on: { change: () => this.#filter({ employee: this.employee.value }) } });
        this.plan = el("select", { class: "plan", on: { change: () => app.set({ plan: this.plan.value }) } });
        this.clear = el("button", { type: "button", class: "quiet", on: { click: () => app.clearFilters() } });
        this.add = el("button", { type: "button", class: "primary new-task", on: { click: () => this.create() } }, icon("add"), el("span"));
        this.element = el("div", { class: "toolbar", role: "search" }, el("div", { class: "search-box" }, icon("search"), this.search), this.group, this.employee, this.plan, this.clear, el("span", { class: "space" }), this.add);
    }

    draw() {
        const { words, state, data } = this.app;
        const { filter } = state;
        set(this.search, { placeholder: words.say("search"), "aria-label": words.say("search"), value: filter.text });
        set(this.group, { "aria-label": words.say("status") });
        this.statuses.forEach((pill, index) => {
            const status = index ? /** @type {string} */ (STATUSES[index - 1]) : "";
            set(pill, { text: status ? words.say(`status_${status}`) : words.say("all"), "aria-pressed": String(filter.status === status) });
        });
        options(this.employee, [{ value: "", name: `${words.say("employees")}: ${words.say("all")}` }, ...data.rows("employees").map(({ id, name }) => ({ value: id, name }))]);
        set(this.employee, { value: filter.employee, "aria-label": words.say("employees") });
        options(this.plan, data.rows("plans").map(({ id, title }) => ({ value: id, name: title })));
        set(this.plan, { value: this.app.plan?.id ?? "", "aria-label": words.say("plan"), hidden: data.rows("plans").length < 2 || state.mode === "list" });
        set(this.clear, { text: words.say("clear_filters"), hidden: !filter.text && !filter.status && !filter.employee });
        set(/** @type {Element} */ (this.add.lastElementChild), { text: words.say("new_task") });
        set(this.add, { "aria-label": words.say("new_task"), title: `${words.say("new_task")} (N)` });
    }

    /** @param {Partial<import("./layout.js").Filter>} changes */
    #filter(changes) {
        this.app.set({ filter: { ...this.app.state.filter, ...changes } });
    }

    /** In the slot with the focus; else today, for me. */
    create() {
        const { app } = this;
        const cell = this.place();
        const employee = cell?.employee.id ?? app.data.row("employees", app.tables.me)?.id ?? app.data.rows("employees")[0]?.id;
        if (employee) {
            const day = app.days.includes(app.today()) ? app.today() : app.state.day;
            app.set({ open: { kind: "new", values: beginning(cell?.tasks ?? [], { employee, day: cell?.column.day ?? day }) } });
        }
    }
}

/** @param {HTMLSelectElement} select @param {{value: string, name: string}[]} all */
export function options(select, all) {
    const signature = all.map(({ value, name }) => `${value}=${name}`).join("\n");
    if (select.dataset.options !== signature) {
        select.dataset.options = signature;
        select.replaceChildren(...all.map(({ value, name }) => el("option", { value, text: name })));
    }
}
