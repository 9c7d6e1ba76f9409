/** Starts the plan board: who uses it, with which data, in which language. */
import { Tables } from "../src/tables/index.js";
import { board } from "./board.js";
import { el } from "./dom.js";
import { chooser } from "./people.js";
import { applyTheme, keep, kept, otherTheme } from "./preferences.js";
import { chosen, readConfig, readPeople, tokens } from "./session.js";
import { Words, languageOf } from "./words.js";

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
const language = kept("language") || languageOf(navigator.languages);

/** @param {string} key */
function say(key) {
    root.replaceChildren(el("main", { class: "chooser" }, el("p", { class: "nothing", role: "alert", text: new Words(language).say(key) })));
}

async function start() {
    const config = await readConfig();
    const people = await readPeople(config);
    const me = chosen(people);
    document.documentElement.lang = language;
    if (people.length > 0 && !me) {
        root.replaceChildren(chooser(people, new Words(language)));
    } else if (!me && !config.token) {
        say("no_sign_in");
    } else {
        const token = tokens(config, me?.id);
        const app = board(root, { makeTables: (told) => new Tables({ token, ...told }), people, me, language, keep, theme: otherTheme });
        await app.tables.start();
    }
}

applyTheme();
start().catch((/** @type {unknown} */ problem) => {
    console.error(problem);
    say("no_config");
});
