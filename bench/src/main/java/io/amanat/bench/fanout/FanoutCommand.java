package io.amanat.bench.fanout;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    @Mixin
    private RunMixin run;

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

    @Option(
            names = "--lanes",
            defaultValue = "1",
            description = "Viewers that share a WebSocket, as the tabs of a browser do (default: ${DEFAULT-VALUE}).")
    private int lanes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Load load = new Load(clients, rate, seconds, classes, users == null ? classes : users, warmup, lanes);
        return run.tell(new FanoutRun(run.jar(), run.javaOptions(), load).measure());
    }
}
