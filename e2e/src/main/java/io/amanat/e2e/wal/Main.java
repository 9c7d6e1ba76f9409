package io.amanat.e2e.wal;

import io.amanat.bench.report.OutputMixin;
import io.amanat.bench.report.Program;
import io.amanat.e2e.lab.Lab;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench wal}. */
@Command(
        name = "amanat bench wal",
        description = {
            "Measure the source wal on the lab's PostgreSQL, in a database of its own:",
            "from a commit to the journal, and rows of the bus a second."
        },
        exitCodeList = {"0:everything arrived", "1:could not run", "2:something was lost"},
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    private static final int BROKEN = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--commits",
            defaultValue = "5000",
            description = "Commits that are timed (default: ${DEFAULT-VALUE}).")
    private int commits;

    @Option(names = "--rate", defaultValue = "200", description = "Of these, a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--rows", defaultValue = "300000", description = "Rows of the flood (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--rows-per-transaction",
            defaultValue = "1000",
            description = "Of these in one transaction (default: ${DEFAULT-VALUE}).")
    private int perTransaction;

    @Mixin
    private OutputMixin output;

    public static void main(String[] arguments) {
        Program.run(new Main(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        if (commits < 1 || rate < 1 || rows < 1 || perTransaction < 1) {
            throw new IllegalArgumentException("all numbers are at least 1");
        }
        Lab lab = Lab.withOdoo()
                .orElseThrow(() -> new IllegalStateException("the lab is not up: run './amanat lab up' first"));
        var run = new WalRun(lab.postgres(), new WalRun.Size(commits, rate, rows, perTransaction));
        run.measure().print(spec.commandLine().getOut(), output.isJson());
        return run.complete() ? 0 : BROKEN;
    }
}
