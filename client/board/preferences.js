/** What a person chose for this browser: language and light. A browser that keeps nothing has the defaults. */

const PREFIX = "amanat.board.";

/** @param {string} name @returns {string} empty if nothing was chosen */
export function kept(name) {
    try {
        return localStorage.getItem(PREFIX + name) ?? "";
    } catch {
        return "";
    }
}

/** @param {string} name @param {string} value */
export function keep(name, value) {
    try {
        localStorage.setItem(PREFIX + name, value);
    } catch {
        // It holds for this page then.
    }
}

/** Light or dark as chosen, else as the system has it. */
export function applyTheme() {
    const chosen = kept("theme");
    document.documentElement.dataset.theme = chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

export function otherTheme() {
    const other = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    keep("theme", other);
    document.documentElement.dataset.theme = other;
}
