package io.amanat.e2e.rls;

import io.amanat.bench.report.Report;
import io.amanat.bridge.access.rls.AsViewer;
import io.amanat.bridge.access.rls.RowSecurity;
import io.amanat.bridge.access.rls.RowSecurityMetrics;
import io.amanat.bridge.access.rls.RowSecuritySettings;
import io.amanat.bridge.access.rls.Viewers;
import io.amanat.bridge.app.Marks;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.bridge.journal.MemoryJournal;
import java.time.Duration;
import java.util.Map;

/** Measures how long a commit takes until it is decided who sees it, and compares what was decided with what viewers read. */
final class RlsRun {

    private static final int WARM_UP_SECONDS = 5;

    /** How much is measured. */
    record Size(int viewers, int branches, int rate, int seconds) {}

    private final Size size;
    private boolean clean;

    RlsRun(Size size) {
        this.size = size;
    }

    boolean clean() {
        return clean;
    }

    Report measure() throws Exception {
        long seed = System.nanoTime();
        var report = new Report(
                "rls",
                Map.of(
                        "viewers", size.viewers(),
                        "branches", size.branches(),
                        "rate", size.rate(),
                        "seconds", size.seconds(),
                        "seed", seed));
        try (var board = Board.start(size.viewers(), size.branches());
                var connections = board.bridge()) {
            var viewers = new Viewers(size.viewers());
            for (int i = 0; i < size.viewers(); i++) {
                viewers.join(Board.viewer(i));
            }
            var metrics = new RowSecurityMetrics();
            var journal = new MemoryJournal(new JournalSettings(Duration.ofHours(1), 100_000, 500_000_000));
            var marks = new Marks(connections, journal, "bench", Duration.ofSeconds(5));
            var visibility = new RowSecurity(
                    connections, Board.PUBLICATION, viewers, RowSecuritySettings.DEFAULT, marks, metrics);
            var asViewer = new AsViewer(connections, "public", Duration.ofSeconds(10));
            try (var writer = new Writer(board, asViewer, size, seed);
                    var deciding = new Deciding(board, visibility, viewers, writer, journal, marks)) {
                deciding.start();
                writer.write(WARM_UP_SECONDS);
                deciding.awaitAll();
                deciding.beginMeasuring();
                long asked = metrics.together() + metrics.oneByOne();
                long held = metrics.confirmed();
                long began = System.nanoTime();
                writer.write(size.seconds());
                double seconds = (System.nanoTime() - began) / 1e9;
                deciding.awaitAll();
                clean = deciding.report(report, seconds, metrics.together() + metrics.oneByOne() - asked);
                report.put("memberships", writer.memberships());
                report.put("marks", metrics.confirmed() - held);
            }
            report.put("samples", metrics.sampled());
            report.put("samples_wrong", metrics.wrong());
            new OneCheckEach(connections, size).measure(report);
        }
        return report.machine();
    }
}
