package io.amanat.e2e.rls;

import io.amanat.bench.fanout.Bridge;
import io.amanat.bench.fanout.Figures;
import io.amanat.bench.report.Outcome;
import io.amanat.bench.report.Report;
import io.amanat.bridge.access.rls.AsViewer;
import io.amanat.e2e.cost.Budgets;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Measures how long a commit takes until those who may see the row have a frame, and compares who got one with who may. */
final class RlsRun {

    private static final int WARM_UP_SECONDS = 5;
    /** Of each branch. */
    static final int TASKS = 20;

    private static final int FEW = 100;
    private static final double FEW_P50_MS = 5;
    private static final double P95_MS = 1_000;

    /** A pace is kept that is missed by no more than this share. */
    private static final double KEPT = 0.98;

    /** How much is measured. */
    record Size(int viewers, int branches, int rate, int seconds) {}

    private final Size size;
    private final Path jar;
    private final List<String> javaOptions;
    private final Budgets budgets = new Budgets();

    /**
     * One run.
     *
     * @param jar the bridge that is measured
     * @param javaOptions for its Java
     */
    RlsRun(Size size, Path jar, List<String> javaOptions) {
        this.size = size;
        this.jar = jar;
        this.javaOptions = javaOptions;
    }

    Outcome measure() throws Exception {
        long seed = System.nanoTime();
        var report = new Report(
                "rls",
                Map.of(
                        "viewers", size.viewers(),
                        "branches", size.branches(),
                        "rate", size.rate(),
                        "seconds", size.seconds(),
                        "seed", seed));
        var directory = Files.createTempDirectory("amanat-bench");
        List<String> complaints;
        try (var board = Board.start(size.viewers(), size.branches(), TASKS);
                var connections = board.bridge()) {
            var asViewer = new AsViewer(connections, "public", Duration.ofSeconds(10));
            try (var bridge = Bridge.start(jar, javaOptions, directory, board.settings(Bridge.ORIGIN));
                    var audience =
                            new Audience(URI.create(bridge.url() + "/" + Board.NAME), size.viewers(), new Tokens());
                    var writer = new Writer(board, asViewer, size, seed)) {
                audience.awaitWatching();
                measure(report, bridge, audience, writer);
                complaints = audience.complaints();
            }
            new OneCheckEach(connections, size).measure(report);
        }
        budgets.atMost("viewers that the bridge sent away or that left", complaints.size(), 0);
        report.put("budgets_missed", budgets.missed().size()).machine();
        complaints.forEach(budgets::say);
        return new Outcome(report, budgets.missed(), !budgets.missed().isEmpty());
    }

    private void measure(Report report, Bridge bridge, Audience audience, Writer writer) throws Exception {
        writer.write(WARM_UP_SECONDS);
        audience.awaitSeen(writer.truths.keySet());
        var before = bridge.figures();
        double cpu = bridge.usage().cpuSeconds();
        long began = Writer.micros();
        writer.write(size.seconds());
        audience.awaitSeen(writer.truths.keySet());
        double seconds = (Writer.micros() - began) / 1e6;
        var after = bridge.figures();
        double spent = bridge.usage().cpuSeconds() - cpu;
        var findings = new Findings(audience.notes(), writer.truths, began);
        double perSecond = findings.changes() / seconds;
        report.put("changes", findings.changes())
                .put("per_second", perSecond)
                .put("queries_per_change", (asked(after) - asked(before)) / Math.max(1, findings.changes()));
        findings.report(report);
        report.put("compared_with_set_role", writer.compared())
                .put("memberships", writer.memberships())
                .put("samples", after.sum("amanat_policy_sampled_total"))
                .put("samples_wrong", after.sum("amanat_policy_wrong_total"))
                .put("cpu_s", spent);
        hold(findings, perSecond, after);
    }

    private void hold(Findings findings, double perSecond, Figures figures) {
        budgets.atMost("leaks", (double) findings.leaks(), 0);
        budgets.atMost("frames that did not come", (double) findings.missing(), 0);
        budgets.atMost("answers about many viewers that were wrong", figures.sum("amanat_policy_wrong_total"), 0);
        budgets.atLeast("changes a second", perSecond, size.rate() * KEPT);
        budgets.atMost("p95 from commit to frame in ms", findings.millis(95), P95_MS);
        if (size.viewers() <= FEW) {
            budgets.atMost("p50 from commit to frame in ms", findings.millis(50), FEW_P50_MS);
        }
    }

    private static double asked(Figures figures) {
        return figures.sum("amanat_policy_together_total") + figures.sum("amanat_policy_one_by_one_total");
    }
}
