package io.amanat.bench.resume;

import io.amanat.bench.report.Report;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How one return of many tabs went, from the moment in which their connections were lost. */
final class Return {
    private static final long LONGEST_MICROS = 600_000_000;

    private final long began = System.nanoTime();
    private final Histogram live = histogram();
    private final Histogram own = histogram();
    private final Histogram hinted = histogram();
    private final Histogram replay = histogram();
    private long hints;
    private long resets;
    private long attempts;

    private static Histogram histogram() {
        return new Histogram(LONGEST_MICROS, 3);
    }

    void attempted() {
        attempts++;
    }

    void askedToWait() {
        hints++;
    }

    void reset() {
        resets++;
    }

    /** A tab sent its watch {@code watched} nanoseconds ago and has everything now, after it waited as long as it was asked to. */
    void live(long watched, long hintMillis) {
        long micros = sinceBegan();
        long hint = TimeUnit.MILLISECONDS.toMicros(hintMillis);
        record(live, micros);
        record(own, micros - hint);
        record(replay, TimeUnit.NANOSECONDS.toMicros(watched));
        if (hintMillis > 0) {
            record(hinted, hint);
        }
    }

    /** Microseconds. */
    long sinceBegan() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
    }

    private static void record(Histogram histogram, long micros) {
        histogram.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
    }

    long resets() {
        return resets;
    }

    /** Puts how long it took from the watch until everything was there. */
    void reportReplay(Report report, String prefix) {
        report.put(prefix + "clients", replay.getTotalCount()).latency(prefix, replay);
    }

    /** Puts what was found; every key begins with {@code prefix}. */
    void report(Report report, String prefix) {
        report.put(prefix + "clients", live.getTotalCount())
                .put(prefix + "resets", resets)
                .put(prefix + "attempts", attempts)
                .latency(prefix + "live_", live)
                .put(prefix + "asked_to_wait", hints)
                .latency(prefix + "hint_", hinted)
                .latency(prefix + "live_without_hint_", own)
                .latency(prefix + "replay_", replay);
    }
}
