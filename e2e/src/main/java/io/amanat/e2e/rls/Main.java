package io.amanat.e2e.rls;

import io.amanat.bench.fanout.RunMixin;
import io.amanat.bench.report.Program;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench rls}. */
@Command(
        name = "amanat bench rls",
        description = {
            "Measure row-level security on the plan board's schema, on a PostgreSQL that starts by itself: tasks change, move",
            "between branches and are deleted, memberships change every second. From the commit to the frame in each viewer's",
            "WebSocket; who got one is compared with who may see the row. In the same run, one check per viewer as the comparison."
        },
        exitCodeList = {
            "0:within all budgets, nothing leaked",
            "1:could not run",
            "2:a budget was missed, something leaked or did not come"
        },
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    @Option(names = "--viewers", defaultValue = "10000", description = "Viewers (default: ${DEFAULT-VALUE}).")
    private int viewers;

    @Option(names = "--branches", defaultValue = "50", description = "Branches (default: ${DEFAULT-VALUE}).")
    private int branches;

    @Option(names = "--rate", defaultValue = "50", description = "Changes a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "60", description = "How long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Mixin
    private RunMixin run;

    public static void main(String[] arguments) {
        Program.run(new Main(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        if (viewers < 1 || branches < 2 || rate < 1 || seconds < 1) {
            throw new IllegalArgumentException("all numbers are at least 1, branches at least 2");
        }
        var size = new RlsRun.Size(viewers, branches, rate, seconds);
        return run.tell(new RlsRun(size, run.jar(), run.javaOptions()).measure());
    }
}
