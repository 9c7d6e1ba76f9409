package io.amanat.e2e.cost;

import io.amanat.bench.report.Outcome;
import io.amanat.bench.report.Report;
import io.amanat.e2e.browser.Browsers;
import io.amanat.e2e.lab.Lab;
import io.amanat.e2e.lab.OdooUser;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** One run of {@code bench browser}: one user writes over HTTP, others have lists open in Chromium. */
final class BrowserRun {
    private static final int PAGE = 80;
    private static final int SEVERAL_PAGES = 200;
    private static final int LONG_LIST = 2_000;
    private static final double IN_PLACE_MS = 12;
    private static final double REREAD_MS = 20;
    private static final double LONG_MS = 25;
    private static final double HEAP_KB = 1_024;

    private final Lab lab;
    private final PrintWriter progress;
    private final OdooUser admin;
    private final OdooUser writer;
    private final OdooUser reader;
    private final Budgets budgets = new Budgets();
    private int losses;
    private int reloads;

    BrowserRun(Lab lab, PrintWriter progress) {
        this.lab = lab;
        this.progress = progress;
        admin = lab.user("admin");
        writer = lab.user("aziz");
        reader = lab.user("bobur");
    }

    /** What is measured. */
    enum Part {
        drawing,
        heap,
        requests
    }

    /**
     * How much is done.
     *
     * @param changes of each list that is timed
     * @param heapChanges between the two looks at the heap
     * @param lists how many are open when requests are counted, growing
     */
    record Size(Set<Part> parts, int changes, int heapChanges, List<Integer> lists, long seed) {

        Map<String, ?> config() {
            var config = new LinkedHashMap<String, Object>();
            config.put("parts", parts);
            config.put("changes", changes);
            config.put("heap_changes", heapChanges);
            config.put("lists", lists);
            config.put("seed", seed);
            return config;
        }
    }

    Outcome measure(Size size) {
        Report report = new Report("browser", size.config()).put("count", size.changes());
        Random random = new Random(size.seed());
        try (Browsers browsers = Browsers.start()) {
            if (size.parts().contains(Part.drawing)) {
                draw(report, browsers, size.changes(), random);
            }
            if (size.parts().contains(Part.heap)) {
                heap(report, browsers, size.heapChanges(), random);
            }
            if (size.parts().contains(Part.requests)) {
                requests(report, browsers, size.lists());
            }
        }
        budgets.atMost("full reloads of a list", reloads, 0);
        budgets.atMost("changes that a list did not show", losses, 0);
        report.put("reloads", reloads)
                .put("losses", losses)
                .put("budgets_missed", budgets.missed().size())
                .machine();
        return new Outcome(report, budgets.missed(), !budgets.missed().isEmpty());
    }

    private void draw(Report report, Browsers browsers, int changes, Random random) {
        try (Rows page = rows(PAGE, PAGE);
                Rows pages = rows(PAGE, SEVERAL_PAGES);
                Rows longList = rows(LONG_LIST, LONG_LIST)) {
            Drawing inPlace = Drawing.inPlace("in_place_80", browsers, reader, page, changes, random);
            add(report, inPlace, IN_PLACE_MS);
            budgets.atMost("in_place_80: reads, although the event carried every value", inPlace.reads(), 0);
            Drawing reread = Drawing.reread("reread_80", browsers, reader, pages, changes);
            add(report, reread, REREAD_MS);
            budgets.atMost("reread_80: changes after which the page was not read", changes - reread.reads(), 0);
            add(report, Drawing.inPlace("in_place_2000", browsers, reader, longList, changes, random), LONG_MS);
        }
    }

    private Rows rows(int limit, int count) {
        Rows rows = new Rows(admin, writer, limit);
        rows.fill(count);
        return rows;
    }

    private void add(Report report, Drawing drawing, double budgetMs) {
        drawing.report(report);
        budgets.atMost(drawing.name() + ": median script ms of one change", drawing.medianScript(), budgetMs);
        losses += drawing.losses();
        reloads += drawing.reloads();
        progress.printf("%s: median script %.1f ms, budget %.0f%n", drawing.name(), drawing.medianScript(), budgetMs);
        progress.flush();
    }

    private void heap(Report report, Browsers browsers, int changes, Random random) {
        try (Rows page = rows(PAGE, PAGE)) {
            Heap heap = Heap.measure(browsers, reader, page, changes, random);
            heap.report(report);
            budgets.atMost("heap: growth in KB", heap.growthKb(), HEAP_KB);
            losses += heap.losses();
            reloads += heap.reloads();
        }
    }

    private void requests(Report report, Browsers browsers, List<Integer> lists) {
        List<OdooUser> readers =
                Stream.of("bobur", "malika", "gulnora").map(lab::user).toList();
        try (Requests requests = new Requests(admin, writer, readers, browsers, new OdooLog(lab.odooLog()), progress)) {
            lists.forEach(requests::measure);
            requests.perChange()
                    .forEach((kind, byLists) -> byLists.forEach(
                            (open, count) -> report.put("requests_%s_%d".formatted(kind, open), count)));
            budgets.constant(requests.perChange());
            losses += requests.losses();
            reloads += requests.reloads();
        }
    }
}
