package io.amanat.bench.stalled;

import io.amanat.bench.fanout.Tally;
import io.amanat.bench.process.Usage;
import io.amanat.bench.report.Report;

/**
 * One of the two halves of a run: the healthy viewers alone, or with the sick ones.
 *
 * @param losses changes that a healthy viewer should have seen and has not
 * @param before the bridge when all watch, after a garbage collection
 * @param seen what was seen of it until it was over
 * @param after the bridge when it was over, after a garbage collection
 * @param late how far the writer fell behind at worst, in ms
 */
record Half(Tally tally, long losses, Usage before, Chart.Seen seen, Usage after, long kernelBefore, long late) {
    private static final double MICROS_PER_MS = 1_000;
    private static final double P99 = 99;

    double p99() {
        return tally.latency.getValueAtPercentile(P99) / MICROS_PER_MS;
    }

    boolean isClean() {
        return losses + tally.leaks == 0;
    }

    void report(String prefix, Report report) {
        report.put(prefix + "deliveries", tally.delivered)
                .put(prefix + "losses", losses)
                .put(prefix + "leaks", tally.leaks)
                .put(prefix + "resets", tally.resets)
                .latency(prefix, tally.latency)
                .put(prefix + "rss_kb_before", before.rssKb())
                .put(prefix + "rss_kb_highest", seen.rssKb())
                .put(prefix + "rss_kb_after", after.rssKb())
                .put(prefix + "kernel_kb_before", kernelBefore)
                .put(prefix + "kernel_kb_highest", seen.kernelKb())
                .put(prefix + "cpu_s", after.cpuSeconds() - before.cpuSeconds())
                .put(prefix + "writer_late_ms", late);
    }
}
