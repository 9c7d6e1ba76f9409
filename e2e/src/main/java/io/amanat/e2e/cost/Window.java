package io.amanat.e2e.cost;

import com.microsoft.playwright.BrowserContext;
import io.amanat.e2e.browser.Tab;
import java.util.List;

/** A tab with one of the lists. Looking at it runs script in the page: what that costs is not to be measured. */
final class Window implements AutoCloseable {
    private static final int LOOK_MS = 50;

    /** Of a list that Odoo loaded anew not one row is left. */
    private static final String LOOK = """
            ([field, text, first]) => {
                const rows = [...document.querySelectorAll(".o_data_row")];
                const known = globalThis.amanatRows ?? rows;
                globalThis.amanatReloads = (globalThis.amanatReloads ?? 0) + (known.some((row) => rows.includes(row)) ? 0 : 1);
                globalThis.amanatRows = rows;
                const looked = first ? rows.slice(0, 1) : rows;
                return looked.some((row) => row.querySelector(`td[name=${field}]`)?.textContent === text);
            }""";

    private final Tab tab;

    Window(BrowserContext browser, Rows rows) {
        tab = Tab.open(browser, rows.screen().url()).awaitWatched(1);
        tab.page().evaluate(LOOK, List.of("name", "", false));
    }

    Tab tab() {
        return tab;
    }

    boolean shows(Rows.Seen seen) {
        return Boolean.TRUE.equals(tab.page().evaluate(LOOK, List.of(seen.field(), seen.text(), seen.first())));
    }

    /** Whether it shows this within the time; the tabs of its browser live on meanwhile. */
    boolean showsWithin(Rows.Seen seen, long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        boolean shows = shows(seen);
        while (!shows && System.nanoTime() < end) {
            rest(LOOK_MS);
            shows = shows(seen);
        }
        return shows;
    }

    /** Lets the page do what it does, without a look at it. */
    void rest(int millis) {
        tab.page().waitForTimeout(millis);
    }

    /** How often all rows were replaced between two looks, or the page itself was. */
    int reloads() {
        int replaced = ((Number) tab.page().evaluate("globalThis.amanatReloads ?? 0")).intValue();
        return replaced + (tab.neverReloaded() ? 0 : 1);
    }

    @Override
    public void close() {
        tab.close();
    }
}
