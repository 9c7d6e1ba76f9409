package io.amanat.bench.stalled;

import io.amanat.bench.fanout.Bridge;
import io.amanat.bench.fanout.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the bridge twice a second, from when it is made until it is closed: its memory, and whom it has cut. */
final class Chart implements AutoCloseable {
    private static final long EVERY_MS = 500;
    private static final double NANOS = 1e9;

    private final Bridge bridge;
    private final long start = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("bench-chart").factory());
    private volatile Seen seen = new Seen(0, 0, new Count(0, -1, -1), new Count(0, -1, -1), 0);

    /**
     * What was seen so far.
     *
     * @param rssKb the bridge's resident memory at its highest
     * @param kernelKb what the kernel keeps for all TCP connections of this machine, at its highest
     * @param overflows how often what waited for a viewer became a reset
     * @param cuts connections that the bridge ended because they did not move or gave no sign of life
     * @param sessions open connections just now
     */
    record Seen(long rssKb, long kernelKb, Count overflows, Count cuts, long sessions) {}

    /** How often, and when first and last, in seconds since the chart was begun; -1: never. */
    record Count(long number, double first, double last) {

        Count at(double seconds, double now) {
            return now <= number ? this : new Count((long) now, first < 0 ? seconds : first, seconds);
        }
    }

    Chart(Bridge bridge) {
        this.bridge = bridge;
        var _ = clock.scheduleAtFixedRate(this::look, 0, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            double seconds = (System.nanoTime() - start) / NANOS;
            Figures figures = bridge.figures();
            seen = new Seen(
                    Math.max(seen.rssKb(), bridge.usage().rssKb()),
                    Math.max(seen.kernelKb(), kernelKb()),
                    seen.overflows().at(seconds, figures.sum("amanat_outbox_overflows_total")),
                    seen.cuts().at(seconds, figures.sum("amanat_connections_cut_total")),
                    (long) figures.sum("amanat_sessions"));
        } catch (IOException e) {
            throw new UncheckedIOException("the bridge does not answer its operators", e);
        }
    }

    Seen seen() {
        return seen;
    }

    /** What the kernel says of TCP's buffers, in pages of 4 KiB. */
    static long kernelKb() throws IOException {
        String[] words = Files.readAllLines(Path.of("/proc/net/sockstat")).stream()
                .filter(line -> line.startsWith("TCP:"))
                .findFirst()
                .orElseThrow()
                .split(" ", -1);
        return 4 * Long.parseLong(words[words.length - 1]);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
