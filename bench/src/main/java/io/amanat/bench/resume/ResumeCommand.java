package io.amanat.bench.resume;

import io.amanat.bench.fanout.Load;
import io.amanat.bench.fanout.RunMixin;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench resume}. */
@Command(
        name = "resume",
        description = {
            "Kill the bridge while many viewers watch a stand-in Odoo, start it again, and measure when each of them",
            "is live again; then have them miss many changes, and measure how fast they are told."
        },
        exitCodeList = {"0:nothing lost, nothing leaked", "1:could not run", "2:something was lost or leaked"},
        mixinStandardHelpOptions = true)
public final class ResumeCommand implements Callable<Integer> {

    /** How long changes are committed around each kill. */
    private static final int WRITE_SECONDS = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunMixin run;

    @Option(names = "--clients", defaultValue = "10000", description = "Viewers (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(names = "--gap", defaultValue = "1000", description = "Changes missed (default: ${DEFAULT-VALUE}).")
    private int gap;

    @Option(
            names = "--rate",
            defaultValue = "10",
            description = "Changes per second while the bridge is killed (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--classes", defaultValue = "50", description = "Rights classes (default: ${DEFAULT-VALUE}).")
    private int classes;

    @Option(names = "--users", description = "Distinct users, at least --classes (default: one per class).")
    private @Nullable Integer users;

    @Option(names = "--seed", description = "Repeats a run (default: another each time).")
    private long seed = System.nanoTime() % 1_000_000;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Plan plan = new Plan(
                new Load(clients, rate, WRITE_SECONDS, classes, users == null ? classes : users, 0), gap, seed);
        return run.tell(new ResumeRun(
                        run.jar(), run.javaOptions(), plan, spec.commandLine().getErr()::println)
                .measure());
    }
}
