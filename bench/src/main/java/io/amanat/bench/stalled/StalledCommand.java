package io.amanat.bench.stalled;

import io.amanat.bench.fanout.Load;
import io.amanat.bench.fanout.RunMixin;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench stalled}. */
@Command(
        name = "stalled",
        description = {
            "The same changes for healthy viewers alone, and for as many with viewers beside them that do not read:",
            "what those cost the others and the bridge, and what becomes of them."
        },
        exitCodeList = {
            "0:the healthy noticed nothing, memory stayed within its bound",
            "1:could not run",
            "2:something was lost or leaked, or memory went beyond its bound"
        },
        mixinStandardHelpOptions = true)
public final class StalledCommand implements Callable<Integer> {
    private static final int CLASSES = 50;

    @Mixin
    private RunMixin run;

    @Option(
            names = "--clients",
            defaultValue = "2000",
            description = "Viewers, the stalled included (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--stalled",
            defaultValue = "1000",
            description = "How many of them do not read (default: ${DEFAULT-VALUE}).")
    private int stalled;

    @Option(
            names = "--kind",
            defaultValue = "stopped",
            description = {
                "stopped: never read again; slow: read some kilobytes a second;",
                "mute: take everything and say nothing, as a half-open link (default: ${DEFAULT-VALUE})."
            })
    private Sickness kind;

    @Option(names = "--rate", defaultValue = "10", description = "Changes per second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "60", description = "Measured time (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warmup",
            defaultValue = "3",
            description = "Seconds of changes before, checked but not measured (default: ${DEFAULT-VALUE}).")
    private int warmup;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Load healthy = load(clients - stalled);
        return run.tell(new StalledRun(run.jar(), run.javaOptions(), healthy, load(stalled), kind).measure());
    }

    private Load load(int viewers) {
        return new Load(viewers, rate, seconds, CLASSES, CLASSES, warmup);
    }
}
