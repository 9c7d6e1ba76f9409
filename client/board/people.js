/** In the demo: choosing who one is, and opening a second window as somebody else. */
import { avatar } from "./avatar.js";
import { el, icon, set, unseen } from "./dom.js";
import { addressOf } from "./session.js";

/** @typedef {import("./session.js").Person} Person */
/** @typedef {import("./words.js").Words} Words */

/**
 * The first page of the demo.
 *
 * @param {readonly Person[]} people
 * @param {Words} words
 */
export function chooser(people, words) {
    const branches = [...new Set(people.map(({ branch }) => branch))];
    return el(
        "main",
        { class: "chooser" },
        el("div", { class: "brand" }, el("span", { class: "logo", "aria-hidden": "true" }), `${words.say("brand")} · ${words.say("title")}`),
        el("h1", { text: words.say("who_are_you") }),
        el("p", { class: "hint", text: words.say("who_hint") }),
        el("div", { class: "chooser-branches" }, ...branches.map((branch) => el("section", {}, el("h2", { text: branch }), el("ul", {}, ...people.filter((person) => person.branch === branch).map((person) => el("li", {}, link(person, false))))))),
    );
}

/** @param {Person} person @param {boolean} second whether in a window of its own */
function link(person, second) {
    return el("a", { class: "person", href: addressOf(person.id), ...(second ? { target: "_blank", rel: "noopener" } : {}) }, avatar(person), el("span", { text: person.name }));
}

/**
 * Who I am, with choices of mine; in the demo, with the others to become or to open a window as.
 *
 * @param {import("./app.js").App} app
 * @param {readonly Person[]} people empty outside the demo
 * @param {Person | undefined} me
 */
export function myself(app, people, me) {
    const summary = el("summary", { class: "me" });
    const menu = el("div", { class: "choices" });
    const list = el("div");
    const element = el("details", { class: "me-menu" }, summary, el("div", { class: "me-list" }, menu, list));
    element.addEventListener("keydown", (event) => {
        if (event.key === "Escape") {
            element.open = false;
            summary.focus();
            event.stopPropagation();
        }
    });
    addEventListener("click", (event) => {
        element.open = element.open && event.target instanceof Node && element.contains(event.target);
    });
    let drawn = "";
    const draw = () => {
        const { words } = app;
        const person = me ?? { id: String(app.tables.me ?? ""), name: app.personName(app.tables.me) };
        if (drawn !== words.language + person.name) {
            drawn = words.language + person.name;
            const title = words.say("you_are", { name: person.name });
            summary.replaceChildren(avatar(person), unseen(title), el("span", { class: "wide", "aria-hidden": "true", text: person.name }));
            set(summary, { title });
            const others = people.filter(({ id }) => id !== person.id);
            list.replaceChildren(...(others.length ? [el("p", { class: "hint", text: words.say("second_window") })] : []), ...others.map((each) => row(each, words)));
        }
    };
    return { element, menu, draw };
}

/** @param {Person} person @param {Words} words */
function row(person, words) {
    const become = el("a", { class: "icon-button", href: addressOf(person.id), "aria-label": `${words.say("change_person")}: ${person.name}`, title: words.say("change_person") }, icon("person"));
    const window = link(person, true);
    window.append(el("span", { class: "hint", text: person.branch }));
    return el("div", { class: "me-row" }, window, become);
}
