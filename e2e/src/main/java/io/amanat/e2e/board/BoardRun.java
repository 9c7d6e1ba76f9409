package io.amanat.e2e.board;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import io.amanat.bench.fanout.Arrivals;
import io.amanat.bench.fanout.Bridge;
import io.amanat.bench.fanout.Figures;
import io.amanat.bench.report.Outcome;
import io.amanat.bench.report.Report;
import io.amanat.e2e.browser.Browsers;
import io.amanat.e2e.cost.Budgets;
import io.amanat.e2e.cost.Trace;
import io.amanat.e2e.rls.Board;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scrolls the long list of the plan board in Chromium while somebody else changes its rows, and measures what that costs the page. */
final class BoardRun {

    private static final double SCRIPT_MS = 8;
    private static final double TASK_MS = 50;
    private static final double SCREENS = 3;
    private static final double DELAY_MS = 1_000;
    private static final int PIXELS_PER_SECOND = 4_000;
    private static final int GESTURE_SECONDS = 2;

    /** A page reports once a minute. */
    private static final Duration UNTIL_REPORTED = Duration.ofSeconds(90);

    private static final String DELAY = "amanat_realtime_delay_ms";

    /** Looks, ten times a second, how many screens of rows are in the page; the most is kept. */
    private static final String WATCH = """
            () => {
                const frame = document.querySelector(".list-frame");
                globalThis.mostScreens = 0;
                setInterval(() => {
                    const rows = document.querySelectorAll(".list-body .list-row");
                    const height = rows[0]?.offsetHeight ?? 0;
                    globalThis.mostScreens = Math.max(globalThis.mostScreens, rows.length * height / frame.clientHeight);
                }, 100);
            }""";

    private static final String MIDDLE = """
            () => {
                const { x, y, width, height } = document.querySelector(".list-frame").getBoundingClientRect();
                return [x + width / 2, y + height / 2];
            }""";

    /** How much is measured. */
    record Size(int tasks, int rate, int seconds, boolean delays) {}

    private final Size size;
    private final Path jar;
    private final List<String> javaOptions;
    private final Budgets budgets = new Budgets();

    /**
     * One run.
     *
     * @param jar the bridge behind the page
     * @param javaOptions for its Java
     */
    BoardRun(Size size, Path jar, List<String> javaOptions) {
        this.size = size;
        this.jar = jar;
        this.javaOptions = javaOptions;
    }

    Outcome measure() throws Exception {
        long seed = System.nanoTime();
        var report = new Report(
                "board", Map.of("tasks", size.tasks(), "rate", size.rate(), "seconds", size.seconds(), "seed", seed));
        try (var board = Board.start(1, 1, size.tasks());
                var host = PageHost.start(Board.viewer(0));
                var bridge = Bridge.start(
                        jar, javaOptions, Files.createTempDirectory("amanat-bench"), board.settings(host.origin()));
                var browsers = Browsers.start();
                var context = browsers.context();
                var page = context.newPage()) {
            host.bridge(URI.create(bridge.url() + "/" + Board.NAME));
            show(page, host);
            try (var changes = new Changes(board, size.rate(), seed)) {
                scroll(page, GESTURE_SECONDS); // Java's and Chromium's warming up
                measure(page, report, changes);
                if (size.delays()) {
                    delays(bridge, report);
                }
                changes.stop();
            }
        }
        report.put("budgets_missed", budgets.missed().size()).machine();
        return new Outcome(report, budgets.missed(), !budgets.missed().isEmpty());
    }

    private void show(Page page, PageHost host) {
        page.navigate(host.page());
        page.locator("header").first().waitFor();
        page.keyboard().press("l");
        page.waitForFunction(
                "many => document.querySelector('.list-count')?.textContent.replace(/\\D/g, '') === String(many)",
                size.tasks());
        page.evaluate(WATCH);
    }

    private void measure(Page page, Report report, Changes changes) {
        int before = changes.made();
        Trace.startFrames(page);
        long began = System.nanoTime();
        scroll(page, size.seconds());
        double seconds = (System.nanoTime() - began) / 1e9;
        int made = changes.made() - before;
        var trace = Trace.stop(page);
        double screens = ((Number) page.evaluate("globalThis.mostScreens")).doubleValue();
        report.put("changes", made)
                .put("per_second", made / seconds)
                .put("frames", trace.frames())
                .put("frames_per_second", trace.frames() / seconds)
                .put("script_p50_ms", trace.scriptPerFrame(50))
                .put("script_p95_ms", trace.scriptPerFrame(95))
                .put("script_max_ms", trace.scriptPerFrame(100))
                .put("longest_task_ms", trace.longestTask())
                .put("longest_task_by_the_clock_ms", trace.longestTaskByTheClock())
                .put("screens_of_rows", screens);
        budgets.atLeast("changes a second", made / seconds, 0.9 * size.rate());
        budgets.atLeast("frames a second", trace.frames() / seconds, 1);
        budgets.atMost("script ms of a frame, p95", trace.scriptPerFrame(95), SCRIPT_MS);
        budgets.atMost("longest task in ms", trace.longestTask(), TASK_MS);
        budgets.atMost("screens of rows in the page", screens, SCREENS);
    }

    /** As a finger does, down and up again; the browser makes it, no script of the page. */
    private static void scroll(Page page, int seconds) {
        var middle = (List<?>) page.evaluate(MIDDLE);
        var devtools = page.context().newCDPSession(page);
        for (int i = 0; i < seconds; i += GESTURE_SECONDS) {
            var gesture = new JsonObject();
            gesture.addProperty("x", (Number) middle.get(0));
            gesture.addProperty("y", (Number) middle.get(1));
            gesture.addProperty(
                    "yDistance",
                    PIXELS_PER_SECOND * GESTURE_SECONDS * (i % (4 * GESTURE_SECONDS) < 2 * GESTURE_SECONDS ? -1 : 1));
            gesture.addProperty("speed", PIXELS_PER_SECOND);
            gesture.addProperty("preventFling", true);
            devtools.send("Input.synthesizeScrollGesture", gesture);
        }
        devtools.detach();
    }

    private void delays(Bridge bridge, Report report) throws IOException {
        Arrivals.await(UNTIL_REPORTED, () -> figures(bridge).sum(DELAY + "_count") > 0);
        var figures = figures(bridge);
        double count = figures.sum(DELAY + "_count");
        report.put("realtime_delays", count);
        budgets.atLeast("delays that the page reported", count, 1);
        delay(figures, 0.95 * count).ifPresent(millis -> {
            report.put("realtime_delay_p95_at_most_ms", millis);
            budgets.atMost("p95 from commit to applied in ms", millis, DELAY_MS);
        });
    }

    private static Figures figures(Bridge bridge) {
        try {
            return bridge.figures();
        } catch (IOException e) {
            throw new UncheckedIOException("the bridge does not tell its figures", e);
        }
    }

    /** The smallest bound that so many delays did not exceed. */
    private static Optional<Double> delay(Figures figures, double many) {
        return figures.page()
                .lines()
                .filter(line -> line.startsWith(DELAY + "_bucket"))
                .filter(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) >= many)
                .map(line -> line.replaceAll(".*le=\"([^\"]*)\".*", "$1"))
                .map(bound -> bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound))
                .findFirst();
    }
}
