/** What the page says, in the language of who reads it. Sentences avoid agreement with numbers, which each language has rules of its own for. */
import { en } from "./words/en.js";
import { ru } from "./words/ru.js";
import { uz } from "./words/uz.js";

/** @typedef {Record<string, string | string[]>} Dictionary */

/** @type {Record<string, Dictionary>} */
export const DICTIONARIES = { uz, ru, en };

export const LANGUAGES = [
    { id: "uz", name: "Oʻzbekcha" },
    { id: "ru", name: "Русский" },
    { id: "en", name: "English" },
];

/** The words of one language. */
export class Words {
    /** @param {string} language */
    constructor(language) {
        this.language = language in DICTIONARIES ? language : "en";
        this.dictionary = /** @type {Dictionary} */ (DICTIONARIES[this.language]);
    }

    /**
     * @param {string} key
     * @param {Record<string, string | number>} [values] for the places in braces
     * @returns {string}
     */
    say(key, values = {}) {
        const sentence = this.dictionary[key];
        if (typeof sentence !== "string") {
            throw new Error(`no words for ${key} in ${this.language}`);
        }
        return sentence.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
    }

    /** @param {string} key */
    has(key) {
        return typeof this.dictionary[key] === "string";
    }

    /** @param {string} key @returns {string[]} */
    list(key) {
        const words = this.dictionary[key];
        return Array.isArray(words) ? words : [];
    }
}

/** @param {readonly string[]} preferred as the browser says, best first */
export function languageOf(preferred) {
    return preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in DICTIONARIES) ?? "en";
}
