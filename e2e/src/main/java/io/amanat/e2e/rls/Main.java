package io.amanat.e2e.rls;

import io.amanat.bench.report.OutputMixin;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench rls}. */
@Command(
        name = "amanat bench rls",
        description = {
            "Measure row-level security on the plan board's schema, on a PostgreSQL that starts by itself: tasks change, move",
            "between branches and are deleted, memberships change every second; who sees each change is compared with reads under",
            "SET ROLE. In the same run, one check per viewer as the comparison."
        },
        exitCodeList = {"0:nothing leaked", "1:could not run", "2:something leaked or was missing"},
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    private static final int BROKEN = 2;

    @Spec
    private CommandSpec spec;

    @Option(names = "--viewers", defaultValue = "10000", description = "Viewers (default: ${DEFAULT-VALUE}).")
    private int viewers;

    @Option(names = "--branches", defaultValue = "50", description = "Branches (default: ${DEFAULT-VALUE}).")
    private int branches;

    @Option(names = "--rate", defaultValue = "50", description = "Changes a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "60", description = "How long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Mixin
    private OutputMixin output;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, result) -> {
                    command.getErr().println("bench rls: " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (viewers < 1 || branches < 2 || rate < 1 || seconds < 1) {
            throw new IllegalArgumentException("all numbers are at least 1, branches at least 2");
        }
        var run = new RlsRun(new RlsRun.Size(viewers, branches, rate, seconds));
        run.measure().print(spec.commandLine().getOut(), output.isJson());
        return run.clean() ? 0 : BROKEN;
    }
}
