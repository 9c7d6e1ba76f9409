/** Keys that work wherever the focus is, except where somebody types. */

/** @typedef {import("./app.js").App} App */

const TYPING = "input, textarea, select, [contenteditable]";

/**
 * @param {App} app
 * @param {{create: () => void, search: () => void, help: () => void, escape: () => void}} acts
 */
export function listenForKeys(app, { create, search, help, escape }) {
    /** @type {Record<string, () => void>} */
    const keys = {
        n: create,
        "/": search,
        "?": help,
        t: () => app.set({ day: app.today() }),
        "[": () => app.go(-1),
        "]": () => app.go(1),
        w: () => app.set({ mode: "week" }),
        d: () => app.set({ mode: "day" }),
        l: () => app.set({ mode: "list" }),
        c: () => app.set({ open: { kind: "clients" } }),
        Escape: escape,
    };
    addEventListener("keydown", (event) => {
        const typing = event.target instanceof Element && event.target.closest(TYPING);
        const act = keys[event.key];
        if (act && !typing && !event.defaultPrevented && !event.ctrlKey && !event.altKey && !event.metaKey && !document.querySelector("dialog[open]")) {
            event.preventDefault();
            act();
        }
    });
}
