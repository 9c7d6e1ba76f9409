package io.amanat.bench.fanout;

import io.amanat.bench.process.Child;
import io.amanat.bench.process.Usage;
import io.amanat.bench.report.Report;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
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
        Path directory = Files.createTempDirectory("amanat-fanout");
        try (Child standin = Child.talking(directory.resolve("standin.log"), host())) {
            String[] ready = standin.answer("ready");
            URI odoo = URI.create(ready[1]);
            try (Bridge bridge = Bridge.start(jar, javaOptions, odoo, ready[2], directory)) {
                return measure(standin, bridge, new Logins(odoo, ready[2]).tokens(load));
            }
        }
    }

    private Outcome measure(Child standin, Bridge bridge, List<String> tokens)
            throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(bridge.url(), load, tokens)) {
            int first = load.clients() / FIRST;
            crowd.awaitWatching(first);
            Usage few = bridge.settled();
            crowd.awaitWatching();
            Usage idle = bridge.settled();
            double standinBefore = Usage.of(standin.pid()).cpuSeconds();
            double viewersBefore = Usage.of(ProcessHandle.current().pid()).cpuSeconds();
            int asked = asked(standin);
            standin.tell("run %d %d".formatted(load.events(), load.rate()));
            long late = Long.parseLong(standin.answer("done")[1]);
            Tally tally = crowd.awaitSeen(load.events());
            Usage busy = bridge.usage();
            Report report = report(tally, crowd.missing(load.events()))
                    .put("cpu_s", busy.cpuSeconds() - idle.cpuSeconds())
                    .put("standin_cpu_s", Usage.of(standin.pid()).cpuSeconds() - standinBefore)
                    .put(
                            "viewers_cpu_s",
                            Usage.of(ProcessHandle.current().pid()).cpuSeconds() - viewersBefore)
                    .put("rss_kb_per_connection", (double) (idle.rssKb() - few.rssKb()) / (load.clients() - first))
                    .put("rss_kb_busy", busy.rssKb())
                    .put("writer_late_ms", late)
                    .put("odoo_calls_first", asked)
                    .put("odoo_calls", asked(standin) - asked)
                    .machine();
            return new Outcome(report, tally.complaints(), crowd.missing(load.events()) + tally.leaks > 0);
        }
    }

    /** How often the bridge has asked about rights. */
    private static int asked(Child standin) throws IOException {
        standin.tell("asked");
        return Integer.parseInt(standin.answer("asked")[1]);
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
                "not_entitled_percent", 20,
                "bridge_java_options", javaOptions));
    }

    private List<String> host() {
        return List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "io.amanat.bench.Main",
                "standin-host",
                "--classes=" + load.classes(),
                "--users=" + load.users());
    }

    /**
     * What a run found.
     *
     * @param complaints the first reasons why it is not clean
     * @param broken whether anything was lost or leaked
     */
    record Outcome(Report report, List<String> complaints, boolean broken) {}
}
