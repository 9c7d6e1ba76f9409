/** The whole page of one person, built from its parts. */
import { Announcer } from "./announcer.js";
import { App } from "./app.js";
import { Banner } from "./banner.js";
import { DayStrip } from "./day_strip.js";
import { el, set } from "./dom.js";
import { Drafts } from "./drafts.js";
import { Drag } from "./drag.js";
import { Grid } from "./grid.js";
import { GridKeys } from "./grid_keys.js";
import { Header } from "./header.js";
import { Help } from "./help.js";
import { List } from "./list.js";
import { Panel } from "./panel.js";
import { myself } from "./people.js";
import { Presence } from "./presence.js";
import { listenForKeys } from "./shortcuts.js";
import { Toasts } from "./toasts.js";
import { Toolbar } from "./toolbar.js";

/** @typedef {import("./session.js").Person} Person */

/** @typedef {{onState: () => void, onToast: (refusal: any) => void, onIds: (ids: Map<any, any>) => void}} Told */

const NARROW = "(max-width: 720px)";

/**
 * @param {HTMLElement} root
 * @param {{makeTables: (told: Told) => any, people: Person[], me?: Person, language: string, keep: (name: string, value: string) => void, theme: () => void, now?: () => Date}} means
 * @returns {App}
 */
export function board(root, { makeTables, people, me, language, keep, theme, now }) {
    /** @type {Told} */
    const told = { onState: () => {}, onToast: () => {}, onIds: () => {} };
    const tables = makeTables({
        onState: () => told.onState(),
        onToast: (refusal) => told.onToast(refusal),
        onIds: (ids) => told.onIds(ids),
    });
    const app = new App({ tables, language, branch: me?.branch_id, now });
    const drafts = new Drafts(app);
    const toasts = new Toasts(app, drafts);
    app.toast = (toast) => toasts.show(toast);
    told.onToast = (refusal) => (refusal.code === "other_user" ? leave(root, app) : toasts.refused(refusal));
    told.onState = () => app.set({ connection: tables.connection, since: tables.since, pending: tables.pending });
    told.onIds = (ids) => app.renamed(ids);
    told.onState();
    root.replaceChildren(...parts(app, { drafts, toasts, people, me, keep, theme }));
    app.draw();
    return app;
}

/** Somebody else is signed in: nothing of the former one stays on the screen. @param {HTMLElement} root @param {App} app */
function leave(root, app) {
    app.tables.stop();
    const { words } = app;
    const again = el("button", { type: "button", class: "primary", text: words.say("load_again"), on: { click: () => location.reload() } });
    const why = el("p", { class: "hint", role: "alert", text: words.say("refused_other_user") });
    root.replaceChildren(el("main", { class: "chooser" }, el("h1", { text: words.say("title") }), why, again));
    document.title = words.say("title");
}

/**
 * @param {App} app
 * @param {{drafts: Drafts, toasts: Toasts, people: Person[], me: Person | undefined, keep: (name: string, value: string) => void, theme: () => void}} means
 * @returns {HTMLElement[]}
 */
function parts(app, { drafts, toasts, people, me, keep, theme }) {
    const presence = new Presence(app);
    const list = new List(app);
    const back = () => (app.state.mode === "list" ? list.focus() : keys.focus(keys.place));
    const panel = new Panel(app, { closed: () => requestAnimationFrame(back), drafts });
    const grid = new Grid(app, { presence, hasDraft: (id) => panel.hasDraft(id) });
    const keys = new GridKeys(app, grid);
    new Drag(app, grid);
    const help = new Help(app);
    const mine = myself(app, people, me);
    const language = (/** @type {string} */ id) => {
        keep("language", id);
        app.speak(id);
    };
    const header = new Header(app, { presence, help: () => help.open(), theme, language, me: mine.element, menu: mine.menu });
    const toolbar = new Toolbar(app, { place: () => (app.state.mode === "list" ? undefined : grid.cell(keys.place.row, keys.place.column)) });
    const main = new Main(app, { grid, keys, list });
    const banner = new Banner(app);
    const strip = new DayStrip(app);
    const announcer = new Announcer(app);
    app.announce = (sentence) => announcer.say(sentence);
    follow(app, matchMedia(NARROW));
    listenForKeys(app, { create: () => toolbar.create(), search: () => toolbar.search.focus(), help: () => help.open(), escape: () => app.state.open && panel.close() });
    const skip = el("a", { class: "skip", href: "#board" });
    const all = [presence, header, toolbar, banner, strip, main, panel, toasts, announcer];
    app.part(() => {
        set(skip, { text: app.words.say("skip") });
        set(document.documentElement, { lang: app.words.language });
        document.title = `${app.words.say("title")} · ${app.branch?.name ?? app.words.say("brand")}`;
        mine.draw();
        all.forEach((part) => ("update" in part ? part.update() : part.draw()));
    });
    return [skip, header.element, banner.element, toolbar.element, strip.element, el("div", { class: "work" }, main.element, panel.element), toasts.element, announcer.element, help.element];
}

/** The grid or the list. */
class Main {
    /** @param {App} app @param {{grid: Grid, keys: GridKeys, list: List}} views */
    constructor(app, { grid, keys, list }) {
        this.app = app;
        this.views = { grid, keys, list };
        this.frame = el("div", { class: "grid-frame" }, grid.element);
        this.empty = el("p", { class: "nothing", hidden: true });
        this.element = el("main", { class: "main" }, this.empty, this.frame, list.element);
    }

    draw() {
        const { app } = this;
        const { grid, keys, list } = this.views;
        const isList = app.state.mode === "list";
        set(this.frame, { hidden: isList });
        set(list.element, { hidden: !isList });
        if (isList) {
            set(this.empty, { hidden: true });
            list.draw();
            return;
        }
        grid.draw();
        keys.update();
        this.#drawEmpty();
    }

    #drawEmpty() {
        const { words, data, plan } = this.app;
        const ready = data.isReady("plans") && (!plan || data.isReady("tasks"));
        const none = !ready || data.rows("tasks").length === 0;
        set(this.empty, { hidden: !none, text: !ready ? words.say("loading") : none ? `${words.say("empty_week")} ${words.say("empty_week_hint")}` : "" });
    }
}

/** @param {App} app @param {MediaQueryList} media */
function follow(app, media) {
    app.narrow = media.matches;
    media.addEventListener("change", () => {
        app.narrow = media.matches;
        app.draw();
    });
}
