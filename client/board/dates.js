/** Days as ISO texts (2026-11-21) and times as PostgreSQL prints them (09:30:00). No time zone but the reader's own. */

const DAY = 86_400_000;

/** @param {Date} moment @returns {string} the day it is for who reads */
export function localDay(moment) {
    return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** @param {string} day @param {number} days */
export function addDays(day, days) {
    return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** @param {string} day @returns {number} from 0, Monday */
export function weekday(day) {
    return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** @param {string} day @returns {string} the Monday of its week */
export function monday(day) {
    return addDays(day, -weekday(day));
}

/** @param {string} day @returns {string[]} the seven days of its week */
export function week(day) {
    const first = monday(day);
    return [0, 1, 2, 3, 4, 5, 6].map((days) => addDays(first, days));
}

/** @param {string | null | undefined} time @returns {string} 09:30, or an empty text */
export function shortTime(time) {
    return time ? time.slice(0, 5) : "";
}

/** @param {string | null | undefined} time @returns {number} minutes since midnight */
export function minutes(time) {
    const [hours = "0", rest = "0"] = (time ?? "").split(":");
    return (Number(hours) || 0) * 60 + (Number(rest) || 0);
}

/** @param {number} count @returns {string} 09:30 */
export function time(count) {
    const within = Math.max(0, Math.min(count, 23 * 60 + 59));
    return `${two(Math.floor(within / 60))}:${two(within % 60)}`;
}

/** @typedef {import("./words.js").Words} Words */

/** @param {Words} words @param {string} day @returns {string} 21 Nov */
export function shortDay(words, day) {
    return `${Number(day.slice(8))} ${words.list("months_short")[Number(day.slice(5, 7)) - 1]}`;
}

/** @param {Words} words @param {string} day @returns {string} Saturday, 21 November 2026 */
export function longDay(words, day) {
    return `${words.list("days")[weekday(day)]}, ${dayOfYear(words, day)}`;
}

/** @param {Words} words @param {string} day @returns {string} 16 – 22 November 2026 */
export function weekTitle(words, day) {
    const first = monday(day);
    const last = addDays(first, 6);
    const sameMonth = first.slice(0, 7) === last.slice(0, 7);
    return `${sameMonth ? Number(first.slice(8)) : shortDay(words, first)} – ${dayOfYear(words, last)}`;
}

/** @param {Words} words @param {string} day @returns {string} 16–22 Nov */
export function shortWeek(words, day) {
    const first = monday(day);
    const last = addDays(first, 6);
    const sameMonth = first.slice(0, 7) === last.slice(0, 7);
    return `${sameMonth ? Number(first.slice(8)) : shortDay(words, first)}–${shortDay(words, last)}`;
}

/** @param {Words} words @param {string} moment ISO @returns {string} 21 Nov, 10:05 */
export function shortMoment(words, moment) {
    const at = new Date(moment);
    return `${shortDay(words, localDay(at))}, ${clock(at)}`;
}

/** @param {Date} moment @returns {string} 10:05 */
export function clock(moment) {
    return `${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** @param {Words} words @param {string} day */
function dayOfYear(words, day) {
    return `${Number(day.slice(8))} ${words.list("months")[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
}

/** @param {number} number */
function two(number) {
    return String(number).padStart(2, "0");
}
