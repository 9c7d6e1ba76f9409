/** A person as a small round mark: initials, and a colour of their own. */
import { el, set } from "./dom.js";
import { hue, initials } from "./palette.js";

/**
 * @param {{id: string, name: string, color?: string | null}} person
 * @param {string} [kind] further class
 */
export function avatar(person, kind = "") {
    const element = el("span", { class: `avatar hue-${hue(person.id)} ${kind}`, "aria-hidden": "true", text: initials(person.name) });
    paint(element, person.color);
    return element;
}

/** @param {HTMLElement} element @param {{id: string, name: string, color?: string | null}} person */
export function redraw(element, person) {
    set(element, { text: initials(person.name) });
    paint(element, person.color);
}

/** @param {HTMLElement} element @param {string | null | undefined} color */
function paint(element, color) {
    element.style.setProperty("--person", color ?? "");
}
