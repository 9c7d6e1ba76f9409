package io.amanat.bench.stalled;

import io.amanat.bench.fanout.Arrivals;
import io.amanat.bench.fanout.Bridge;
import io.amanat.bench.fanout.Tally;
import io.amanat.bench.wire.SocketLoop;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All sick viewers of a run, on a thread of their own: they must not disturb those that measure. */
final class Ward implements AutoCloseable {
    /** So small that the kernel does not read in place of the viewer. */
    private static final int KERNEL_BYTES = 4_096;

    private final SocketLoop loop;
    private final List<SickViewer> viewers;
    private final Arrivals arrivals;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("bench-sips").factory());

    Ward(Bridge bridge, Sickness sickness, List<String> tokens) {
        loop = new SocketLoop(bridge.url(), Bridge.ORIGIN, "amanat.v1", OptionalInt.of(KERNEL_BYTES));
        Tally tally = new Tally();
        viewers = tokens.stream()
                .map(token -> new SickViewer(token, "0".repeat(32), sickness, tally))
                .toList();
        arrivals = new Arrivals(loop, viewers, tally);
        if (sickness == Sickness.slow) {
            var _ = clock.scheduleAtFixedRate(() -> loop.execute(this::sip), 1, 1, TimeUnit.SECONDS);
        }
    }

    private void sip() {
        viewers.forEach(SickViewer::sip);
    }

    /** Returns once all of them watch, and have fallen sick. */
    void awaitSick() {
        arrivals.awaitWatching(viewers.size());
    }

    @Override
    public void close() {
        clock.shutdownNow();
        loop.close();
    }
}
