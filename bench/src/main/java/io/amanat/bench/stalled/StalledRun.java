package io.amanat.bench.stalled;

import io.amanat.bench.fanout.Arrivals;
import io.amanat.bench.fanout.Crowd;
import io.amanat.bench.fanout.Load;
import io.amanat.bench.fanout.Stage;
import io.amanat.bench.fanout.Tally;
import io.amanat.bench.process.Usage;
import io.amanat.bench.report.Outcome;
import io.amanat.bench.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The same run twice: healthy viewers alone, and then with sick ones beside them, each with a bridge of its own. */
final class StalledRun {
    /** What the bridge keeps for a client at most, beside the kernel: {@code outbox_bytes}, and what it handed to the socket. */
    private static final int BOUND_KB = 256 + 64;

    /** Three heartbeats of 25 s, and some. */
    private static final Duration TO_CUT = Duration.ofSeconds(90);

    private final Path jar;
    private final List<String> javaOptions;
    private final Load healthy;
    private final Load sick;
    private final Sickness sickness;

    StalledRun(Path jar, List<String> javaOptions, Load healthy, Load sick, Sickness sickness) {
        this.jar = jar;
        this.javaOptions = javaOptions;
        this.healthy = healthy;
        this.sick = sick;
        this.sickness = sickness;
    }

    /** Measures; whatever happens, the processes it started have ended when it returns. */
    Outcome measure() throws IOException, InterruptedException {
        Half without = without();
        Half with = with();
        long grownKb = Math.max(0, with.seen().rssKb() - without.seen().rssKb());
        long boundKb = (long) BOUND_KB * sick.clients();
        Report report = new Report("stalled", config());
        without.report("without_", report);
        with.report("with_", report);
        report.put("p99_ratio", with.p99() / without.p99())
                .put("overflows", with.seen().overflows().number())
                .put("overflow_first_s", with.seen().overflows().first())
                .put("overflow_last_s", with.seen().overflows().last())
                .put("cut", with.seen().cuts().number())
                .put("cut_first_s", with.seen().cuts().first())
                .put("cut_last_s", with.seen().cuts().last())
                .put("sessions_after", with.seen().sessions())
                .put("kb_per_stalled", (double) grownKb / sick.clients())
                .put("bound_kb_per_stalled", BOUND_KB)
                .machine();
        boolean broken = !without.isClean() || !with.isClean() || grownKb > boundKb;
        List<String> complaints = Stream.of(without, with)
                .flatMap(half -> half.tally().complaints().stream())
                .toList();
        return new Outcome(report, complaints, broken);
    }

    private Half without() throws IOException, InterruptedException {
        try (Stage stage = Stage.start(jar, javaOptions, healthy);
                Crowd crowd = new Crowd(stage.bridge().url(), healthy, stage.tokens(healthy))) {
            crowd.awaitWatching();
            return half(stage, crowd, healthy.clients());
        }
    }

    private Half with() throws IOException, InterruptedException {
        try (Stage stage = Stage.start(jar, javaOptions, healthy);
                Crowd crowd = new Crowd(stage.bridge().url(), healthy, stage.tokens(healthy));
                Ward ward = new Ward(stage.bridge(), sickness, stage.tokens(sick))) {
            crowd.awaitWatching();
            ward.awaitSick();
            return half(stage, crowd, sickness.isFatal() ? healthy.clients() : healthy.clients() + sick.clients());
        }
    }

    /** @param staying how many connections are open in the end */
    private Half half(Stage stage, Crowd crowd, int staying) throws IOException, InterruptedException {
        Usage before = stage.bridge().settled();
        long kernel = Chart.kernelKb();
        try (Chart chart = new Chart(stage.bridge())) {
            long late = stage.write(healthy);
            Tally tally = crowd.awaitSeen(healthy.events());
            Arrivals.await(TO_CUT, () -> chart.seen().sessions() <= staying);
            Usage after = stage.bridge().settled();
            return new Half(tally, crowd.missing(healthy.events()), before, chart.seen(), after, kernel, late);
        }
    }

    private Map<String, ?> config() {
        return new TreeMap<>(Map.of(
                "clients", healthy.clients() + sick.clients(),
                "stalled", sick.clients(),
                "kind", sickness,
                "rate", healthy.rate(),
                "seconds", healthy.seconds(),
                "warmup", healthy.warmup(),
                "classes", healthy.classes(),
                "bridge_java_options", javaOptions));
    }
}
