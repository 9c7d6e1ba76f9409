package io.amanat.e2e.tables;

import io.amanat.bench.report.OutputMixin;
import io.amanat.bench.report.Program;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench tables}. */
@Command(
        name = "amanat bench tables",
        description = {
            "Measure how many rows of a table a second come out of PostgreSQL's log as changes,",
            "on a PostgreSQL that starts by itself."
        },
        exitCodeList = {"0:within the budgets", "1:could not run", "2:a budget was missed"},
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    private static final int BROKEN = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rows",
            defaultValue = "300000",
            description = "Rows that are inserted, and updated (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Mixin
    private OutputMixin output;

    public static void main(String[] arguments) {
        Program.run(new Main(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        if (rows < 1) {
            throw new IllegalArgumentException("--rows is at least 1");
        }
        var outcome = new TablesRun(rows).measure();
        outcome.complaints().forEach(it -> spec.commandLine().getErr().println(it));
        outcome.report().print(spec.commandLine().getOut(), output.isJson());
        return outcome.broken() ? BROKEN : 0;
    }
}
