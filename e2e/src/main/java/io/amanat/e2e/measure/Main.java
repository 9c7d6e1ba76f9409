package io.amanat.e2e.measure;

import io.amanat.bench.report.OutputMixin;
import io.amanat.bench.report.Program;
import io.amanat.e2e.lab.Lab;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench e2e}; it has a main of its own because the other benches need no browser. */
@Command(
        name = "amanat bench e2e",
        description = {
            "Change records of the lab's Odoo as one user and measure when another user's open list shows them,",
            "from PostgreSQL's commit to a MutationObserver in real Chromium."
        },
        exitCodeList = {"0:nothing lost", "1:could not run", "2:something was lost, or the list ended up wrong"},
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    private static final int BROKEN = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--changes",
            defaultValue = "200",
            description = "Changes, at least 100 (default: ${DEFAULT-VALUE}).")
    private int changes;

    @Option(names = "--rate", defaultValue = "2", description = "Changes per second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--warmup",
            defaultValue = "20",
            description = "Changes before, checked but not measured (default: ${DEFAULT-VALUE}).")
    private int warmup;

    @Mixin
    private OutputMixin output;

    public static void main(String[] arguments) {
        Program.run(new Main(), arguments);
    }

    @Override
    public Integer call() {
        if (changes < 100 || rate < 1 || warmup < 0) {
            throw new IllegalArgumentException("--changes is at least 100, --rate at least 1, --warmup at least 0");
        }
        Lab lab = Lab.running()
                .orElseThrow(() -> new IllegalStateException("the lab is not up: run './amanat lab up' first"));
        EndToEndRun.Outcome outcome = new EndToEndRun(lab).measure(changes, rate, warmup);
        outcome.report().print(spec.commandLine().getOut(), output.isJson());
        return outcome.broken() ? BROKEN : 0;
    }
}
