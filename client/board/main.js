/** Starts the plan board: who uses it, with which data, in which language. */
import { Tables } from "../src/tables/index.js";
import { board } from "./board.js";
import { el } from "./dom.js";
import { chooser } from "./people.js";
import { applyTheme, keep, kept, otherTheme } from "./preferences.js";
import { memoryOf, readSession, tokens } from "./session.js";
import { Words, languageOf } from "./words.js";

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
const language = kept("language") || languageOf(navigator.languages);

/** @param {string} key */
function say(key) {
    root.replaceChildren(el("main", { class: "chooser" }, el("p", { class: "nothing", role: "alert", text: new Words(language).say(key) })));
}

async function start() {
    const { config, people, me } = await readSession();
    document.documentElement.lang = language;
    if (people.length > 0 && !me) {
        root.replaceChildren(chooser(people, new Words(language)));
    } else if (config.people && !me) {
        say("no_config");
    } else if (!config.people && !config.token) {
        say("no_sign_in");
    } else {
        const means = { token: tokens(config, me?.id), environment: { memory: memoryOf(me?.id) } };
        const app = board(root, { makeTables: (told) => new Tables({ ...means, ...told }), people, me, language, keep, theme: otherTheme });
        await app.tables.start();
    }
}

/** Keeps the page itself on this device, where the browser lets it: over https, or on this machine. */
async function keepPage() {
    await navigator.serviceWorker?.register("sw.js", { updateViaCache: "none" });
}

applyTheme();
start()
    .catch((/** @type {unknown} */ problem) => {
        console.error(problem);
        say("no_config");
    })
    .then(keepPage)
    .catch((/** @type {unknown} */ problem) => console.warn("the board does not start without a network:", problem));
