package io.amanat.bench.fanout;

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

/** {@code bench fanout}. */
@Command(
        name = "fanout",
        description = {
            "Write changes into a stand-in Odoo and measure when each of many WebSocket viewers has them.",
            "Every viewer checks content and absence; a fifth of them may not see the records at all."
        },
        exitCodeList = {"0:nothing lost, nothing leaked", "1:could not run", "2:something was lost or leaked"},
        mixinStandardHelpOptions = true)
public final class FanoutCommand implements Callable<Integer> {
    private static final int BROKEN = 2;

    @Spec
    private CommandSpec spec;

    @Option(names = "--clients", defaultValue = "1000", description = "Viewers (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(names = "--rate", defaultValue = "10", description = "Changes per second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "60", description = "Measured time (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--classes", defaultValue = "50", description = "Rights classes (default: ${DEFAULT-VALUE}).")
    private int classes;

    @Option(names = "--users", description = "Distinct users, at least --classes (default: one per class).")
    private @Nullable Integer users;

    @Option(
            names = "--warmup",
            defaultValue = "3",
            description = "Seconds of changes before, checked but not measured (default: ${DEFAULT-VALUE}).")
    private int warmup;

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
        Load load = new Load(clients, rate, seconds, classes, users == null ? classes : users, warmup);
        FanoutRun.Outcome outcome = new FanoutRun(jar.toAbsolutePath(), javaOptions, load).measure();
        outcome.complaints().forEach(spec.commandLine().getErr()::println);
        outcome.report().print(spec.commandLine().getOut(), output == Output.json);
        return outcome.broken() ? BROKEN : 0;
    }
}
