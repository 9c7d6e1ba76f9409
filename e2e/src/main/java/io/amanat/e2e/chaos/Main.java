package io.amanat.e2e.chaos;

import io.amanat.bench.report.OutputMixin;
import io.amanat.bench.report.Program;
import io.amanat.bench.report.Report;
import io.amanat.e2e.lab.Lab;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench chaos}. */
@Command(
        name = "amanat bench chaos",
        description = {
            "Inject faults into everything between the lab's Odoo and the browsers while records change in transactions of",
            "all kinds, and compare in the end what every browser shows with what Odoo answers its user."
        },
        exitCodeList = {
            "0:nothing was lost",
            "1:could not run",
            "2:something was lost, was seen that was never committed, did not come back, or was read again too often"
        },
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    private static final int BROKEN = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--minutes",
            defaultValue = "10",
            description = "How long faults are injected; each is at least once (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(names = "--seed", description = "Repeats the order of faults (default: random, and printed).")
    private @Nullable Long seed;

    @Option(names = "--viewers", defaultValue = "54", description = "Tabs that watch (default: ${DEFAULT-VALUE}).")
    private int viewers;

    @Option(
            names = "--late",
            defaultValue = "30",
            description = "The longest that a transaction stays open, in seconds (default: ${DEFAULT-VALUE}).")
    private int late;

    @Option(
            names = "--source",
            defaultValue = "websocket",
            description = "How the bridge reads Odoo: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Source source;

    @Option(names = "--faults", split = ",", description = "Only these: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Fault> faults = List.of(Fault.values());

    @Option(names = "--calm", description = "No faults at all, for comparison.")
    private boolean calm;

    @Mixin
    private OutputMixin output;

    public static void main(String[] arguments) {
        Program.run(new Main(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        if (minutes < 0 || viewers < 1 || late < 1 || late > 120) {
            throw new IllegalArgumentException("--minutes is at least 0, --viewers at least 1, --late 1 to 120");
        }
        Lab lab = Lab.withOdoo()
                .orElseThrow(() -> new IllegalStateException("the lab is not up: run './amanat lab up' first"));
        long chosen = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
        var time = Duration.ofMillis((long) (minutes * 60_000));
        var plan = new ChaosPlan(time, chosen, viewers, Duration.ofSeconds(late), source, calm ? List.of() : faults);
        var outcome = new ChaosRun(lab, plan, spec.commandLine().getErr(), System::nanoTime).run();
        var config = new LinkedHashMap<String, Object>();
        config.put("minutes", minutes);
        config.put("seed", chosen);
        config.put("viewers", viewers);
        config.put("late", late);
        config.put("source", source.name());
        config.put("calm", calm);
        var report = new Report("chaos", config);
        outcome.fill(report);
        report.machine().print(spec.commandLine().getOut(), output.isJson());
        return outcome.broken() ? BROKEN : 0;
    }
}
