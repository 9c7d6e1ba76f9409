package io.amanat.e2e.board;

import io.amanat.bench.fanout.RunMixin;
import io.amanat.bench.report.Program;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench board}. */
@Command(
        name = "amanat bench board",
        description = {
            "Measure the plan board in a real Chromium, on a bridge and a PostgreSQL of the bench's own: its list of 10,000 tasks is",
            "scrolled while somebody else changes tasks. Script of each frame, longest task, rows in the page, and from commit to",
            "applied as the page itself measures it."
        },
        exitCodeList = {"0:within all budgets", "1:could not run", "2:a budget was missed"},
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    @Option(names = "--tasks", defaultValue = "10000", description = "Rows of the list (default: ${DEFAULT-VALUE}).")
    private int tasks;

    @Option(names = "--rate", defaultValue = "50", description = "Changes a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "30", description = "Of scrolling (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--no-delays",
            description = "Do not wait for the page's report of delays, which comes once a minute.")
    private boolean withoutDelays;

    @Mixin
    private RunMixin run;

    public static void main(String[] arguments) {
        Program.run(new Main(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        if (tasks < 1 || rate < 1 || seconds < 1) {
            throw new IllegalArgumentException("all numbers are at least 1");
        }
        var size = new BoardRun.Size(tasks, rate, seconds, !withoutDelays);
        return run.tell(new BoardRun(size, run.jar(), run.javaOptions()).measure());
    }
}
