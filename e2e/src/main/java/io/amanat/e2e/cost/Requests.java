package io.amanat.e2e.cost;

import com.microsoft.playwright.BrowserContext;
import io.amanat.e2e.browser.Browsers;
import io.amanat.e2e.lab.OdooUser;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** How many requests Odoo answers for one change, the save itself and everybody's included, while lists are open. */
final class Requests implements AutoCloseable {
    private static final int ON_A_PAGE = 80;
    private static final int WHOLE = 40;
    private static final int TIMES = 3;
    private static final int SHOWN_WITHIN_MS = 60_000;
    private static final int CALM_MS = 2_500;
    private static final int CALM_WITHIN_MS = 120_000;

    private final OdooLog log;
    private final PrintWriter progress;
    private final Rows rows;
    private final List<BrowserContext> browsers;
    private final List<Window> windows = new ArrayList<>();
    private final Map<String, Map<Integer, Double>> perChange = new TreeMap<>();
    private int losses;

    /**
     * Makes the list.
     *
     * @param readers whose tabs have it open, each in a browser of its own
     */
    Requests(
            OdooUser admin,
            OdooUser writer,
            List<OdooUser> readers,
            Browsers browsers,
            OdooLog log,
            PrintWriter progress) {
        this.log = log;
        this.progress = progress;
        this.browsers = readers.stream().map(browsers::as).toList();
        rows = new Rows(admin, writer, ON_A_PAGE);
        rows.fill(WHOLE);
    }

    /** Opens the list until it is open so often, and counts. */
    void measure(int lists) {
        while (windows.size() < lists) {
            windows.add(new Window(browsers.get(windows.size() % browsers.size()), rows));
        }
        awaitCalm();
        count("update", () -> rows.update(WHOLE - 1));
        count("create", rows::create);
        count("sort", () -> rows.moveToTop(WHOLE / 2));
        rows.fill(ON_A_PAGE);
        awaitCalm();
        count("paged_update", () -> rows.update(0));
        count("paged_create", rows::create);
        count("paged_sort", () -> rows.moveToTop(1));
        rows.shrink(WHOLE);
        awaitCalm();
    }

    private void count(String kind, Supplier<Rows.Seen> change) {
        long start = log.mark();
        for (int i = 0; i < TIMES; i++) {
            Rows.Seen seen = change.get();
            losses += (int) windows.stream()
                    .filter(window -> !window.showsWithin(seen, SHOWN_WITHIN_MS))
                    .count();
            awaitCalm();
        }
        Map<String, Integer> calls = log.since(start);
        progress.printf("%d lists, %s: %s in %d changes%n", windows.size(), kind, calls, TIMES);
        progress.flush();
        perChange.computeIfAbsent(kind, it -> new TreeMap<>()).put(windows.size(), (double) OdooLog.sum(calls) / TIMES);
    }

    /** Returns when nobody has asked Odoo anything for a while. */
    private void awaitCalm() {
        long end = System.nanoTime() + CALM_WITHIN_MS * 1_000_000L;
        long before;
        do {
            before = log.mark();
            windows.getFirst().rest(CALM_MS);
        } while (OdooLog.sum(log.since(before)) > 0 && System.nanoTime() < end);
    }

    /** Requests a change, by its kind and the number of lists. */
    Map<String, Map<Integer, Double>> perChange() {
        return perChange;
    }

    int losses() {
        return losses;
    }

    int reloads() {
        return windows.stream().mapToInt(Window::reloads).sum();
    }

    @Override
    public void close() {
        windows.forEach(Window::close);
        browsers.forEach(BrowserContext::close);
        rows.close();
    }
}
