package io.amanat.bench.fanout;

import io.amanat.bench.process.Checkout;
import io.amanat.bench.report.Outcome;
import io.amanat.bench.report.OutputMixin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the benches that start a bridge of their own have in common: which bridge that is, and how they tell what they found. */
public final class RunMixin {
    private static final int BROKEN = 2;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--bridge-jar", description = "The bridge to measure (default: this checkout's).")
    private Path jar = Checkout.file("bridge/target/amanat.jar");

    @Option(names = "--bridge-java-option", description = "An option for the bridge's Java; may be repeated.")
    private List<String> javaOptions = List.of();

    @Mixin
    private OutputMixin output;

    /**
     * The bridge to measure.
     *
     * @throws IllegalArgumentException if it was not built
     */
    public Path jar() {
        if (!Files.isReadable(jar)) {
            throw new IllegalArgumentException("no bridge at %s: build it with 'mvn package'".formatted(jar));
        }
        return jar.toAbsolutePath();
    }

    /** For the bridge's Java. */
    public List<String> javaOptions() {
        return javaOptions;
    }

    /** Prints what was found, and returns the exit code for it. */
    public int tell(Outcome outcome) {
        outcome.complaints().forEach(spec.commandLine().getErr()::println);
        outcome.report().print(spec.commandLine().getOut(), output.isJson());
        return outcome.broken() ? BROKEN : 0;
    }
}
