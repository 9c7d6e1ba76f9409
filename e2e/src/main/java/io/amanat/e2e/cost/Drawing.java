package io.amanat.e2e.cost;

import io.amanat.bench.report.Report;
import io.amanat.e2e.browser.Browsers;
import io.amanat.e2e.lab.OdooUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What one change costs the page that shows it. Samples follow each other without a gap, each with one change: what is left of one
 * falls into the next, and each holds the fading of the mark of an earlier one.
 */
final class Drawing {
    private static final int WARMUP = 10;
    private static final int LOOK_MS = 600;
    private static final int MOST_LOOKS = 100;

    /** Rows that are in view, whichever window of a long list is drawn. */
    private static final int IN_VIEW = 20;

    private final String name;
    private final Samples samples = new Samples();
    private int losses;
    private int reloads;
    private int reads;

    private Drawing(String name) {
        this.name = name;
    }

    /** Changes records of a list whose every value is carried by the event. */
    static Drawing inPlace(String name, Browsers browsers, OdooUser reader, Rows rows, int changes, Random random) {
        Drawing drawing = new Drawing(name);
        drawing.measure(browsers, reader, rows, changes, () -> rows.update(random.nextInt(IN_VIEW)));
        return drawing;
    }

    /** Moves records from behind the page to its top: their other values are not in the event, and Odoo has to be asked. */
    static Drawing reread(String name, Browsers browsers, OdooUser reader, Rows rows, int changes) {
        Drawing drawing = new Drawing(name);
        drawing.measure(browsers, reader, rows, changes, new Change() {
            private int last = rows.count();

            @Override
            public Rows.Seen make() {
                last--;
                return rows.moveToTop(last);
            }
        });
        return drawing;
    }

    private void measure(Browsers browsers, OdooUser reader, Rows rows, int changes, Change change) {
        try (var browser = browsers.as(reader);
                Window window = new Window(browser, rows)) {
            Meter meter = new Meter(window.tab().page());
            List<Spent> moments = new ArrayList<>();
            Trace.start(window.tab().page());
            for (int i = 0; i < WARMUP; i++) {
                change(window, change);
            }
            window.tab().forgetCalls();
            moments.add(meter.spent());
            for (int i = 0; i < changes; i++) {
                change(window, change);
                moments.add(meter.spent());
            }
            add(moments, Trace.stop(window.tab().page()));
            reads = window.tab().reads().size();
            reloads = window.reloads();
        }
    }

    private void change(Window window, Change change) {
        Rows.Seen seen = change.make();
        for (int i = 0; i < MOST_LOOKS; i++) {
            window.rest(LOOK_MS);
            if (window.shows(seen)) {
                return;
            }
        }
        losses++;
    }

    private void add(List<Spent> moments, Trace trace) {
        for (int i = 1; i < moments.size(); i++) {
            Spent before = moments.get(i - 1);
            Spent after = moments.get(i);
            samples.add(trace.script(before.at(), after.at()), after.since(before));
        }
    }

    String name() {
        return name;
    }

    double medianScript() {
        return samples.medianScript();
    }

    int losses() {
        return losses;
    }

    int reloads() {
        return reloads;
    }

    /** How often the page asked Odoo for rows meanwhile. */
    int reads() {
        return reads;
    }

    void report(Report report) {
        samples.report(report, name + "_");
        report.put(name + "_reads", reads);
    }

    private interface Change {
        Rows.Seen make();
    }
}
