// Runs in the page: notes when a text first stands in a cell of the list, when a row is gone, and every re-read.
(model) => {
    const noted = { seen: {}, gone: {}, reads: [] };
    const texts = (field) =>
        [...document.querySelectorAll(`.o_data_row td[name=${field}]`)].map((cell) => cell.textContent);
    let names = new Set(texts("name"));
    const note = () => {
        const now = Date.now();
        const present = new Set(texts("name"));
        for (const text of [...present, ...texts("note")]) {
            noted.seen[text] ??= now;
        }
        for (const name of names) {
            if (!present.has(name)) {
                noted.gone[name] ??= now;
            }
        }
        names = present;
    };
    note();
    new MutationObserver(note).observe(document.querySelector(".o_content"), {
        childList: true,
        subtree: true,
        characterData: true,
    });
    new PerformanceObserver((entries) => {
        for (const entry of entries.getEntries()) {
            if (entry.name.includes(`/${model}/web_search_read`) || entry.name.includes(`/${model}/web_read`)) {
                noted.reads.push(performance.timeOrigin + entry.responseEnd);
            }
        }
    }).observe({ type: "resource" });
    window.amanatNoted = noted;
}
