/** The board over tables in memory, for looking at it and for tests in a browser: `window.office` is what others do to it. */
import { board } from "../../board/board.js";
import { chooser } from "../../board/people.js";
import { applyTheme, otherTheme } from "../../board/preferences.js";
import { Words } from "../../board/words.js";
import { FakeServer, FakeTables, MONDAY, office } from "./fake_tables.js";

const asked = new URL(location.href).searchParams;
const language = asked.get("language") ?? "uz";
const server = new FakeServer(office(Number(asked.get("tasks") ?? 44)));
const people = (server.tables.get("employee") ?? []).map(({ id, name, color }, n) => ({ id, name, color, branch: n < 4 ? "Toshkent · Chilonzor" : "Samarqand · Registon", token: "", expires_in: 60 }));
const root = /** @type {HTMLElement} */ (document.getElementById("page"));
const clock = asked.has("real_clock") ? undefined : () => new Date(Date.parse(`${MONDAY}T10:00:00`) + 86_400_000);

if (asked.has("theme")) {
    document.documentElement.dataset.theme = asked.get("theme") ?? "light";
} else {
    applyTheme();
}
if (asked.has("chooser")) {
    root.append(chooser(people, new Words(language)));
} else {
    /** @type {any} */
    let tables;
    const makeTables = (/** @type {any} */ told) => (tables = new FakeTables(server, "e0", told));
    const app = board(root, { makeTables, people, me: people[0], language, keep: () => {}, theme: otherTheme, now: clock });
    Object.assign(window, { office: { server, tables, app } });
}
