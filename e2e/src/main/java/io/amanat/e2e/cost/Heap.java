package io.amanat.e2e.cost;

import io.amanat.bench.report.Report;
import io.amanat.e2e.browser.Browsers;
import io.amanat.e2e.lab.OdooUser;
import java.util.Random;

/** How much a page grows that draws many changes: what lives in its heap before and after, all garbage collected. */
final class Heap {
    private static final int WARMUP = 300;
    private static final int SHOWN_WITHIN_MS = 60_000;

    /** What the page tells meanwhile is answered one within the other by the driver: too much of it fills its stack. */
    private static final int AT_ONCE = 100;

    /** Longer than a mark is shown. */
    private static final int CALM_MS = 5_000;

    private static final double KB = 1_024;

    private final double before;
    private final double after;
    private final double nodes;
    private final int losses;
    private final int reloads;

    private Heap(double before, double after, double nodes, int losses, int reloads) {
        this.before = before;
        this.after = after;
        this.nodes = nodes;
        this.losses = losses;
        this.reloads = reloads;
    }

    static Heap measure(Browsers browsers, OdooUser reader, Rows rows, int changes, Random random) {
        try (var browser = browsers.as(reader);
                Window window = new Window(browser, rows)) {
            Meter meter = new Meter(window.tab().page());
            int losses = change(window, rows, WARMUP, random);
            double nodes = meter.nodes();
            double before = meter.heap();
            losses += change(window, rows, changes, random);
            double after = meter.heap();
            return new Heap(before, after, meter.nodes() - nodes, losses, window.reloads());
        }
    }

    /** As fast as Odoo saves them. */
    private static int change(Window window, Rows rows, int changes, Random random) {
        int losses = 0;
        for (int done = 0; done < changes; done += AT_ONCE) {
            losses += changeSome(window, rows, Math.min(AT_ONCE, changes - done), random);
        }
        window.rest(CALM_MS);
        return losses;
    }

    private static int changeSome(Window window, Rows rows, int changes, Random random) {
        Rows.Seen last = rows.update(random.nextInt(rows.count()));
        for (int i = 1; i < changes; i++) {
            last = rows.update(random.nextInt(rows.count()));
        }
        return window.showsWithin(last, SHOWN_WITHIN_MS) ? 0 : 1;
    }

    double growthKb() {
        return (after - before) / KB;
    }

    int losses() {
        return losses;
    }

    int reloads() {
        return reloads;
    }

    void report(Report report) {
        report.put("heap_kb", before / KB).put("heap_growth_kb", growthKb()).put("heap_growth_nodes", nodes);
    }
}
