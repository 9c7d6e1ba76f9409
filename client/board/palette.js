/** Initials and colours by which people are told apart; the colour is never the only sign. */

/** How many colours board.css has (`.hue-0` …), each of them with white letters at a contrast of 4.5 or more. */
const HUES = 8;

/** @param {string} name */
export function initials(name) {
    const parts = name.trim().split(/\s+/);
    const first = [...(parts[0] ?? "")][0] ?? "?";
    const last = parts.length > 1 ? [...(parts.at(-1) ?? "")][0] ?? "" : "";
    return (first + last).toLocaleUpperCase();
}

/** @param {string} id @returns {number} always the same for the same person */
export function hue(id) {
    let hash = 0;
    for (const character of id) {
        hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
    }
    return hash % HUES;
}
