package io.amanat.bench.resume;

import io.amanat.bench.fanout.Bridge;
import io.amanat.bench.fanout.Stage;
import io.amanat.bench.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What happens in a run, one after the other. Used by one thread. */
final class Scenes {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BEFORE = Duration.ofSeconds(1);
    private static final int GAP_PER_SECOND = 500;
    private static final int MOST_ARRIVING = 100;
    private static final int ALONE = 10;

    private final Stage stage;
    private final Bridge bridge;
    private final Tabs tabs;
    private final Plan plan;
    private final Consumer<String> progress;
    private int written;
    private long losses;

    Scenes(Stage stage, Tabs tabs, Plan plan, Consumer<String> progress) {
        this.stage = stage;
        this.bridge = stage.bridge();
        this.tabs = tabs;
        this.plan = plan;
        this.progress = progress;
    }

    int written() {
        return written;
    }

    long losses() {
        return losses;
    }

    /** These come for the first time, some at a time. */
    void arrive(int from, int to) {
        progress.accept("%d viewers come".formatted(to - from));
        for (int next = from; next < to; next += MOST_ARRIVING) {
            int end = Math.min(to, next + MOST_ARRIVING);
            tabs.each(next, end, Tab::come);
            tabs.awaitLive(end, PATIENCE);
        }
    }

    /** The bridge is killed with -9 while changes are committed, and is started again at once. */
    void kill(int many, Report report, String prefix) throws IOException, InterruptedException {
        progress.accept("kills the bridge under %d viewers".formatted(many));
        begin(plan.load().events(), plan.load().rate());
        LockSupport.parkNanos(BEFORE.toNanos());
        Return back = tabs.each(0, 0, tab -> {});
        bridge.killAndStart();
        bridge.awaitReady();
        report.put(prefix + "ready_ms", back.sinceBegan() / 1_000);
        tabs.awaitLive(many, PATIENCE);
        settle(many);
        back.report(report, prefix);
        report.put(prefix + "cpu_s", bridge.usage().cpuSeconds());
    }

    /** Some come back alone, one after the other, then all the others at once. */
    void gap(Report report) throws IOException {
        int many = plan.clients();
        progress.accept("%d viewers miss %d changes".formatted(many - 1, plan.gap()));
        tabs.each(1, many, Tab::leave);
        begin(plan.gap(), GAP_PER_SECOND);
        stage.written();
        losses += tabs.awaitSeen(1, written);
        int alone = Math.min(many, 1 + ALONE);
        Return one = tabs.each(0, 0, tab -> {});
        for (int next = 1; next < alone; next++) {
            int number = next;
            tabs.ask(() -> {
                tabs.tab(number).come();
                return true;
            });
            tabs.awaitLive(next + 1, PATIENCE);
        }
        one.reportReplay(report, "gap_alone_");
        double before = bridge.usage().cpuSeconds();
        Return all = tabs.each(alone, many, Tab::comeBack);
        tabs.awaitLive(many, PATIENCE);
        losses += tabs.awaitSeen(many, written);
        all.report(report, "gap_");
        report.put("gap_cpu_s", bridge.usage().cpuSeconds() - before);
    }

    private void begin(int changes, int perSecond) {
        stage.begin(written + 1, written + changes, perSecond);
        written += changes;
    }

    private void settle(int many) throws IOException {
        stage.written();
        losses += tabs.awaitSeen(many, written);
    }
}
