/** What somebody does to the plan: each one operation, shown at once and sent when it can be. */
import { uuid } from "../src/tables/environment.js";
import { temporary } from "../src/tables/operation.js";
import { longDay, monday, minutes, shortDay, time } from "./dates.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./layout.js").Row} Row */

const FIRST_START = 9 * 60;
const LENGTH = 60;
const LAST_START = 22 * 60;

/** @param {App} app @param {object} operation */
function write(app, operation) {
    const written = app.tables.write(operation);
    // What is refused is told as a toast, wherever it came from: also after a reload.
    written.done.catch(() => {});
    return written;
}

/**
 * @param {App} app
 * @param {Record<string, any>} values
 * @returns {{ids: string[], done: Promise<any>}} the task's id last
 */
export function create(app, values) {
    const branch_id = app.branch?.id;
    const task = { status: "taken", ...values, branch_id };
    app.say("said_created");
    const week = monday(String(values.day));
    const plan = app.data.rows("plans").find((each) => each.week === week && each.id === app.plan?.id) ?? app.data.rows("plans").find((each) => each.week === week);
    if (plan) {
        return write(app, { table: "task", op: "insert", values: { ...task, plan_id: plan.id } });
    }
    const title = `${app.words.say("plan")} · ${shortDay(app.words, week)}`;
    const plan_id = temporary(uuid());
    return write(app, [
        { table: "plan", op: "insert", id: plan_id, values: { branch_id, week, title } },
        { table: "task", op: "insert", values: { ...task, plan_id } },
    ]);
}

/** @param {App} app @param {string} id @param {Record<string, any>} values */
export function update(app, id, values) {
    return write(app, { table: "task", op: "update", id, values });
}

/** @param {App} app @param {Row} task @param {string} status */
export function mark(app, task, status) {
    if (task.status !== status) {
        update(app, task.id, { status });
        app.say("said_saved");
    }
}

/** @param {App} app @param {Row} task */
export function remove(app, task) {
    write(app, { table: "task", op: "delete", id: task.id });
    app.say("said_deleted");
}

/**
 * To another slot; where hours are shown, to another hour of the same length.
 *
 * @param {App} app
 * @param {Row} task
 * @param {{employee: string, day: string, hour?: number}} slot
 */
export function move(app, task, { employee, day, hour }) {
    const values = differing(task, { employee_id: employee, day, ...atHour(task, hour) });
    if (Object.keys(values).length > 0) {
        update(app, task.id, values);
        app.say("said_moved", { name: app.personName(employee), day: longDay(app.words, day) });
    }
}

/** @param {Row} task @param {number | undefined} hour */
function atHour(task, hour) {
    const starts = minutes(task.starts);
    if (hour === undefined || Math.floor(starts / 60) === hour) {
        return {};
    }
    const begin = hour * 60 + (starts % 60);
    return { starts: time(begin), ends: time(begin + minutes(task.ends) - starts) };
}

/** @param {Row} task @param {Record<string, any>} values */
function differing(task, values) {
    return Object.fromEntries(Object.entries(values).filter(([name, value]) => task[name] !== value));
}

/**
 * What a new task begins with: after the last one of its slot.
 *
 * @param {readonly Row[]} others of the slot
 * @param {{employee: string, day: string, hour?: number}} slot
 */
export function beginning(others, { employee, day, hour }) {
    const from = hour === undefined ? FIRST_START : hour * 60;
    const starts = Math.min(Math.max(from, ...others.map((task) => minutes(task.ends))), LAST_START);
    return { employee_id: employee, day, starts: time(starts), ends: time(starts + LENGTH) };
}

/** @param {App} app @param {Record<string, any>} values */
export function createClient(app, values) {
    return write(app, { table: "client_card", op: "insert", values: { ...values, branch_id: app.branch?.id } });
}

/** @param {App} app @param {string} id @param {Record<string, any>} values */
export function updateClient(app, id, values) {
    return write(app, { table: "client_card", op: "update", id, values });
}
