/** A task in its slot. */
import { avatar } from "./avatar.js";
import { el, icon, unseen } from "./dom.js";
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

/** What is seen and what is heard alike: the icons say nothing, their words are there for who cannot see them. @param {Shown} shown @param {App} app */
function parts({ task, client, editors, by, draft }, { words }) {
    const pending = Number(task.$pending ?? 0) > 0;
    return [
        el("span", { class: "card-top" }, el("span", { class: "card-time", text: timeOf(task) }), pending && mark(icon("offline"), words.say("card_pending"), "mark-pending"), draft && mark(icon("pen"), words.say("card_draft")), task.note && el("span", { class: "mark" }, icon("note")), mark(statusIcon(task.status), words.say(`status_${task.status}`), "card-status")),
        el("span", { class: "card-title", text: task.title }),
        el("span", { class: "card-client", text: client }),
        task.$error && el("span", { class: "card-by is-refused" }, icon("warn"), words.say("card_refused")),
        by && el("span", { class: "card-by" }, icon("warn"), words.say("card_updated_by", { name: by })),
        editors.length > 0 && el("span", { class: "card-editors" }, ...editors.slice(0, 3).map((each) => avatar(each, "small")), words.say("editing_here", { name: editors.map(({ name }) => name).join(", ") })),
    ].filter((part) => part instanceof Node);
}

/** @param {Element} sign @param {string} meaning @param {string} [kind] */
function mark(sign, meaning, kind = "") {
    return el("span", { class: `mark ${kind}`, title: meaning }, sign, unseen(`${meaning}.`));
}
