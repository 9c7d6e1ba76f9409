/** What belongs to a task and is only read: which statuses it had, and its attachments. */
import { statusIcon } from "./card.js";
import { shortMoment } from "./dates.js";
import { Keyed, el, icon, set } from "./dom.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./layout.js").Row} Row */

const KIB = 1024;

/** Status after status, each with who and when. */
export class Timeline {
    /** @param {App} app */
    constructor(app) {
        this.app = app;
        this.title = el("h3");
        this.none = el("p", { class: "hint" });
        const items = el("ol", { class: "timeline" });
        this.items = new Keyed(items, { key: (/** @type {Row} */ { id }) => id, make: make, update: (element, row) => this.#drawItem(element, row) });
        this.element = el("section", { class: "facts" }, this.title, items, this.none);
    }

    draw() {
        const { words, data } = this.app;
        const rows = data.rows("history");
        set(this.title, { text: words.say("history") });
        set(this.none, { hidden: rows.length > 0 || !data.isReady("history"), text: words.say("no_history") });
        this.items.show(rows);
    }

    /** @param {HTMLElement} element @param {Row} row */
    #drawItem(element, { status, by, at }) {
        const { words } = this.app;
        const [, what, when] = element.children;
        set(element, { class: `moment is-${status}` });
        set(/** @type {Element} */ (what), { text: words.say("history_line", { status: words.say(`status_${status}`), name: this.app.personName(by) }) });
        set(/** @type {Element} */ (when), { text: at ? shortMoment(words, at) : "", datetime: at ?? "" });
    }
}

/** @param {Row} row */
function make({ status }) {
    return el("li", {}, el("span", { class: "moment-icon" }, statusIcon(status)), el("span", { class: "moment-what" }), el("time", { class: "moment-when" }));
}

/** Files and links, each opened in a window of its own. */
export class Attachments {
    /** @param {App} app */
    constructor(app) {
        this.app = app;
        this.title = el("h3");
        this.none = el("p", { class: "hint" });
        const items = el("ul", { class: "attachments" });
        this.items = new Keyed(items, { key: (/** @type {Row} */ { id, name, size, url }) => [id, name, size, url].join("\n"), make: attachment });
        this.element = el("section", { class: "facts" }, this.title, items, this.none);
    }

    draw() {
        const { words, data } = this.app;
        const rows = data.rows("attachments");
        set(this.title, { text: words.say("attachments") });
        set(this.none, { hidden: rows.length > 0 || !data.isReady("attachments"), text: words.say("no_attachments") });
        this.items.show(rows);
    }
}

/** @param {Row} row */
function attachment({ name, size, url }) {
    const address = safe(String(url ?? ""));
    const label = [icon("attach"), el("span", { text: name }), el("span", { class: "hint", text: bytes(Number(size)) })];
    return el("li", {}, address ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...label) : el("span", {}, ...label));
}

/** @param {string} url @returns {string} empty unless a page or a file can be there: an address may be a script too */
export function safe(url) {
    return /^(https?:\/\/|\/(?!\/))/i.test(url) ? url : "";
}

/** @param {number} count */
function bytes(count) {
    if (!Number.isFinite(count) || count <= 0) {
        return "";
    }
    return count < KIB * KIB ? `${Math.ceil(count / KIB)} KB` : `${(count / KIB / KIB).toFixed(1)} MB`;
}
