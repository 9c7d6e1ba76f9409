package io.amanat.bench.resume;

import io.amanat.bench.fanout.Load;
import io.amanat.bench.process.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
    private static final int BROKEN = 2;

    /** How long changes are committed around each kill. */
    private static final int WRITE_SECONDS = 10;

    @Spec
    private CommandSpec spec;

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

    @Option(names = "--bridge-jar", description = "The bridge to measure (default: this checkout's).")
    private Path jar = Checkout.file("bridge/target/amanat.jar");

    @Option(names = "--bridge-java-option", description = "An option for the bridge's Java; may be repeated.")
    private List<String> javaOptions = List.of();

    @Option(names = "--output", defaultValue = "table", description = "table or json (default: ${DEFAULT-VALUE}).")
    private Output output;

    private enum Output {
        table,
        json
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isReadable(jar)) {
            throw new IllegalArgumentException("no bridge at %s: build it with 'mvn package'".formatted(jar));
        }
        Plan plan = new Plan(
                new Load(clients, rate, WRITE_SECONDS, classes, users == null ? classes : users, 0), gap, seed);
        ResumeRun run = new ResumeRun(
                jar.toAbsolutePath(), javaOptions, plan, spec.commandLine().getErr()::println);
        ResumeRun.Outcome outcome = run.measure();
        outcome.complaints().forEach(spec.commandLine().getErr()::println);
        outcome.report().print(spec.commandLine().getOut(), output == Output.json);
        return outcome.broken() ? BROKEN : 0;
    }
}
