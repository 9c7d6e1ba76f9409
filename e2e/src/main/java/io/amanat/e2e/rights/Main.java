package io.amanat.e2e.rights;

import io.amanat.bench.report.OutputMixin;
import io.amanat.bench.report.Program;
import io.amanat.e2e.lab.Lab;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench rights}. */
@Command(
        name = "amanat bench rights",
        description = {
            "Compare how the bridge judges domains with the lab's Odoo, look for leaks while records and rights change,",
            "and measure what rights cost: verdicts a second, calls to Odoo, memory."
        },
        exitCodeList = {
            "0:nothing wrong, nothing leaked",
            "1:could not run",
            "2:a verdict was wrong, something leaked or was lost, or Odoo was asked too often"
        },
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    private static final int BROKEN = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--verdicts",
            defaultValue = "1000000",
            description = "Verdicts compared with Odoo's (default: ${DEFAULT-VALUE}).")
    private long verdicts;

    @Option(names = "--seed", description = "Repeats a run (default: random, and printed).")
    private @Nullable Integer seed;

    @Option(
            names = "--rounds",
            defaultValue = "100",
            description = "Rounds of the leak test, some seconds each; 0 leaves it out (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private OutputMixin output;

    public static void main(String[] arguments) {
        Program.run(new Main(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        if (verdicts < 1 || rounds < 0) {
            throw new IllegalArgumentException("--verdicts is at least 1, --rounds at least 0");
        }
        Lab lab = Lab.withOdoo()
                .orElseThrow(() -> new IllegalStateException("the lab is not up: run './amanat lab up' first"));
        int chosen = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
        var size = new RightsRun.Size(verdicts, chosen, rounds);
        var run = new RightsRun(lab, size, spec.commandLine().getErr());
        run.measure(size).print(spec.commandLine().getOut(), output.isJson());
        return run.broken() ? BROKEN : 0;
    }
}
