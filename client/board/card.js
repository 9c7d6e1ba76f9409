/** A task in its slot. */
import { avatar } from "./avatar.js";
import { el, icon } from "./dom.js";
import { timeOf } from "./layout.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./layout.js").Row} Row */
/** What a card shows of a task. @typedef {{task: Row, client: string, editors: {id: string, name: string, color?: string}[], by: string, draft: boolean, open: boolean, lifted: boolean}} Shown */

const ICON_OF_STATUS = /** @type {const} */ ({ taken: "clock", done: "check", posted: "send", edited: "pen" });
const FLASH = 1_600;

/** @param {string} status */
export function statusIcon(status) {
    return icon(ICON_OF_STATUS[/** @type {keyof typeof ICON_OF_STATUS} */ (status)] ?? "clock");
}

/** @param {Shown} shown */
export function makeCard({ task }) {
    return el("button", { type: "button", class: "card", tabindex: "-1", "data-task": task.id });
}

/**
 * @param {HTMLElement} card
 * @param {Shown} shown
 * @param {App} app
 */
export function drawCard(card, shown, app) {
    const { task, client, editors, by, draft, open, lifted } = shown;
    const pending = Number(task.$pending ?? 0);
    const signature = [app.words.language, task.updated_at, task.title, task.starts, task.ends, task.status, task.note ? 1 : 0, client, pending, by, draft, open, lifted, task.$error ? 1 : 0, editors.map(({ id, name }) => id + name).join()].join("\n");
    if (card.dataset.shown === signature) {
        return;
    }
    const flash = card.dataset.shown && isNews(card, task, app);
    card.dataset.shown = signature;
    card.dataset.stamp = String(task.updated_at ?? "");
    card.className = `card is-${task.status}${pending ? " is-pending" : ""}${editors.length ? " is-edited-by" : ""}${open ? " is-open" : ""}${lifted ? " is-lifted" : ""}`;
    card.style.setProperty("--person", editors[0]?.color ?? "");
    card.setAttribute("aria-label", spoken(shown, app));
    card.replaceChildren(...parts(shown, app));
    if (flash) {
        flashed(card);
    }
}

/** @param {HTMLElement} card @param {Row} task @param {App} app whether somebody else's change arrived */
function isNews(card, task, app) {
    return card.dataset.stamp !== String(task.updated_at ?? "") && task.updated_by && task.updated_by !== app.tables.me;
}

/** @param {HTMLElement} card */
function flashed(card) {
    card.classList.add("is-news");
    setTimeout(() => card.classList.remove("is-news"), FLASH);
}

/** @param {Shown} shown @param {App} app */
function parts({ task, client, editors, by, draft }, app) {
    const marks = [
        Number(task.$pending ?? 0) > 0 && el("span", { class: "mark mark-pending", title: app.words.say("card_pending") }, icon("offline")),
        draft && el("span", { class: "mark", title: app.words.say("card_draft") }, icon("pen")),
        task.note && el("span", { class: "mark" }, icon("note")),
    ];
    const status = el("span", { class: "card-status", title: app.words.say(`status_${task.status}`) }, statusIcon(task.status));
    return [
        el("span", { class: "card-top" }, el("span", { class: "card-time", text: timeOf(task) }), ...marks, status),
        el("span", { class: "card-title", text: task.title }),
        el("span", { class: "card-client", text: client }),
        task.$error && el("span", { class: "card-by is-refused" }, icon("warn"), app.words.say("card_refused")),
        by && el("span", { class: "card-by" }, icon("warn"), app.words.say("card_updated_by", { name: by })),
        editors.length > 0 && el("span", { class: "card-editors" }, ...editors.slice(0, 3).map((each) => avatar(each, "small")), app.words.say("editing_here", { name: editors[0]?.name ?? "" })),
    ].filter((part) => part instanceof Node);
}

/** @param {Shown} shown @param {App} app */
function spoken({ task, client, editors, by, draft }, { words }) {
    return [
        words.say("card", { time: timeOf(task), title: task.title, client: client || words.say("no_client"), status: words.say(`status_${task.status}`) }),
        Number(task.$pending ?? 0) > 0 && words.say("card_pending"),
        task.$error && words.say("card_refused"),
        by && words.say("card_updated_by", { name: by }),
        draft && words.say("card_draft"),
        ...editors.map(({ name }) => words.say("editing_here", { name })),
    ]
        .filter(Boolean)
        .join(" ");
}
