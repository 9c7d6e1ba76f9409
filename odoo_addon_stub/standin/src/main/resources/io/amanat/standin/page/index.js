// Measures what the two panes say: from the moment one sends a save to the moment the other has drawn it.
const MAX_AGE_MS = 10_000;
const PASSING_MS = 900;

const value = document.getElementById("timing-value");
const label = document.getElementById("timing-label");
const way = document.querySelector(".way");

/** @type {{from: string, id: number | undefined, at: number} | undefined} */
let saving;
let passing = 0;

addEventListener("message", ({ origin, data }) => {
    if (origin !== location.origin) {
        return;
    }
    if (data.type === "saving") {
        saving = data;
    } else if (data.type === "drawn" && saving && saving.from !== data.to) {
        showTiming(data);
    }
});

function showTiming({ to, ids, at }) {
    const elapsed = at - saving.at;
    const same = saving.id === undefined || ids.length === 0 || ids.includes(saving.id);
    if (same && elapsed >= 0 && elapsed < MAX_AGE_MS) {
        value.textContent = `${Math.max(1, Math.round(elapsed))} ms`;
        label.textContent = `from ${title(saving.from)}’s save to ${title(to)}’s screen`;
        saving = undefined;
        way.classList.add("passing");
        clearTimeout(passing);
        passing = setTimeout(() => way.classList.remove("passing"), PASSING_MS);
    }
}

function title(login) {
    return login[0].toUpperCase() + login.slice(1);
}
