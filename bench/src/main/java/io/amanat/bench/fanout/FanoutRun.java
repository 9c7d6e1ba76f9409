package io.amanat.bench.fanout;

import io.amanat.bench.process.Usage;
import io.amanat.bench.report.Outcome;
import io.amanat.bench.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One run: the stand-in and the bridge in processes of their own, the viewers in this one. */
final class FanoutRun {
    /** Memory is compared from when this part of the viewers watches: until then Java loads and compiles. */
    private static final int FIRST = 5;

    private final Path jar;
    private final List<String> javaOptions;
    private final Load load;

    FanoutRun(Path jar, List<String> javaOptions, Load load) {
        this.jar = jar;
        this.javaOptions = javaOptions;
        this.load = load;
    }

    /** Measures; whatever happens, the processes it started have ended when it returns. */
    Outcome measure() throws IOException, InterruptedException {
        try (Stage stage = Stage.start(jar, javaOptions, load);
                Crowd crowd = new Crowd(stage.bridge().url(), load, stage.tokens(load))) {
            return measure(stage, crowd);
        }
    }

    private Outcome measure(Stage stage, Crowd crowd) throws IOException, InterruptedException {
        Bridge bridge = stage.bridge();
        int first = load.clients() / FIRST;
        crowd.awaitWatching(first);
        Usage few = bridge.settled();
        crowd.awaitWatching();
        Usage idle = bridge.settled();
        double standinBefore = stage.standinCpuSeconds();
        double viewersBefore = viewersCpuSeconds();
        int asked = stage.asked();
        long late = stage.write(load);
        Tally tally = crowd.awaitSeen(load.events());
        Usage busy = bridge.usage();
        Report report = report(tally, crowd.missing(load.events()))
                .put("cpu_s", busy.cpuSeconds() - idle.cpuSeconds())
                .put("standin_cpu_s", stage.standinCpuSeconds() - standinBefore)
                .put("viewers_cpu_s", viewersCpuSeconds() - viewersBefore)
                .put("rss_kb_per_connection", (double) (idle.rssKb() - few.rssKb()) / (load.clients() - first))
                .put("rss_kb_busy", busy.rssKb())
                .put("writer_late_ms", late)
                .put("odoo_calls_first", asked)
                .put("odoo_calls", stage.asked() - asked)
                .machine();
        return new Outcome(report, tally.complaints(), crowd.missing(load.events()) + tally.leaks > 0);
    }

    private static double viewersCpuSeconds() {
        return Usage.of(ProcessHandle.current().pid()).cpuSeconds();
    }

    private Report report(Tally tally, long losses) {
        return new Report("fanout", config())
                .put("count", load.events())
                .put("deliveries", tally.delivered)
                .put("losses", losses)
                .put("leaks", tally.leaks)
                .put("duplicates", tally.duplicates)
                .put("spoiled", tally.spoiled)
                .put("resets", tally.resets)
                .put("closed", tally.closed)
                .latency("", tally.latency)
                .put("per_second", (double) tally.delivered / (load.warmup() + load.seconds()))
                .put("event_bytes", tally.smallestFrame);
    }

    private Map<String, ?> config() {
        return new TreeMap<>(Map.of(
                "clients", load.clients(),
                "rate", load.rate(),
                "seconds", load.seconds(),
                "warmup", load.warmup(),
                "classes", load.classes(),
                "users", load.users(),
                "lanes", load.lanes(),
                "not_entitled_percent", 20,
                "bridge_java_options", javaOptions));
    }
}
