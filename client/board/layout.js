/** Which task stands in which slot. Pure: rows in, slots out. */
import { minutes, shortTime, weekday } from "./dates.js";

/** @typedef {Record<string, any> & {id: string}} Row */
/** @typedef {{key: string, day: string, hour?: number}} Column */
/** @typedef {{text: string, status: string, employee: string}} Filter */

export const STATUSES = ["taken", "done", "posted", "edited"];

const FIRST_HOUR = 8;
const LAST_HOUR = 19;
const SEPARATOR = "/";

/** @param {string} employee @param {string} day */
export function slotOf(employee, day) {
    return `${employee}${SEPARATOR}${day}`;
}

/** @param {string[]} days @returns {Column[]} */
export function weekColumns(days) {
    return days.map((day) => ({ key: day, day }));
}

/** The hours of a day, as many as its tasks need. @param {string} day @param {readonly Row[]} tasks @returns {Column[]} */
export function dayColumns(day, tasks) {
    const hours = tasks.filter((task) => task.day === day).map(hourOf);
    const first = Math.min(FIRST_HOUR, ...hours);
    const last = Math.max(LAST_HOUR, ...hours);
    return Array.from({ length: last - first + 1 }, (_, index) => {
        const hour = first + index;
        return { key: `${day}T${String(hour).padStart(2, "0")}`, day, hour };
    });
}

/** @param {Row} task */
function hourOf(task) {
    return Math.floor(minutes(task.starts) / 60);
}

/** @param {Column} column @param {Row} task */
export function isIn(column, task) {
    return task.day === column.day && (column.hour === undefined || column.hour === hourOf(task));
}

/**
 * Tasks by employee and column, each slot by time.
 *
 * @param {readonly Row[]} tasks
 * @param {readonly Column[]} columns
 * @returns {Map<string, Row[]>}
 */
export function slots(tasks, columns) {
    /** @type {Map<string, Row[]>} */
    const found = new Map();
    for (const task of [...tasks].sort(byTime)) {
        const column = columns.find((each) => isIn(each, task));
        if (column) {
            const key = slotOf(task.employee_id, column.key);
            found.set(key, [...(found.get(key) ?? []), task]);
        }
    }
    return found;
}

/** @param {Row} one @param {Row} other */
export function byTime(one, other) {
    return compare(one.starts ?? "", other.starts ?? "") || compare(one.ends ?? "", other.ends ?? "") || compare(one.id, other.id);
}

/** @param {string} one @param {string} other */
function compare(one, other) {
    return one < other ? -1 : one > other ? 1 : 0;
}

/** @param {readonly Row[]} tasks @returns {string} hours in all, one decimal where needed */
export function hours(tasks) {
    const sum = tasks.reduce((all, { starts, ends }) => all + (starts && ends ? Math.max(0, minutes(ends) - minutes(starts)) : 0), 0);
    return String(Math.round(sum / 6) / 10);
}

/** @param {Row} task @returns {string} 09:00–10:30 */
export function timeOf(task) {
    const [starts, ends] = [shortTime(task.starts), shortTime(task.ends)];
    return starts && ends ? `${starts}–${ends}` : starts || ends;
}

/** @param {string} text @returns {string} for comparing: apostrophes of Uzbek are typed in many ways */
export function folded(text) {
    return text.toLocaleLowerCase().replace(/[\u2018\u2019\u02bb\u02bc`´]/g, "'");
}

/** @param {string} day */
export function isWeekend(day) {
    return weekday(day) >= 5;
}
