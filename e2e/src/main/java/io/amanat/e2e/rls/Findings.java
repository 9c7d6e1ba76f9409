package io.amanat.e2e.rls;

import io.amanat.bench.report.Report;
import java.util.BitSet;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What viewers were told, held against what they may see: every viewer, every change. */
final class Findings {

    private static final long LONGEST_MICROS = 600_000_000;

    /** Who reads again soon enough has lost nothing: so many changes later at most. */
    private static final long SOON = 1_000;

    private final Histogram frames = new Histogram(LONGEST_MICROS, 3);
    private final Histogram last = new Histogram(LONGEST_MICROS, 3);
    private final Notes notes;
    private int changes;
    private long leaks;
    private long missing;

    /** @param since changes sent before, in microseconds since 1970, are compared but not measured */
    Findings(Notes notes, Map<String, Writer.Truth> truths, long since) {
        this.notes = notes;
        notes.changes().forEach((offset, told) -> {
            var key = notes.key(offset);
            var truth = key == null ? null : truths.get(key);
            if (truth == null) {
                leaks += told.before().cardinality() + told.now().cardinality();
                return;
            }
            compare(offset, told, truth);
            if (truth.sent() >= since) {
                measure(told, truth.sent());
            }
        });
    }

    private void compare(long offset, Told told, Writer.Truth truth) {
        leaks += over(told.before(), truth.before()).cardinality()
                + over(told.now(), truth.now()).cardinality();
        missing += lost(offset, over(truth.before(), told.before())) + lost(offset, over(truth.now(), told.now()));
    }

    private void measure(Told told, long sent) {
        changes++;
        long latest = 0;
        for (long at : told.at()) {
            long micros = Math.clamp(at - sent, 0, LONGEST_MICROS);
            frames.recordValue(micros);
            latest = Math.max(latest, micros);
        }
        last.recordValue(latest);
    }

    private long lost(long offset, BitSet viewers) {
        return viewers.stream()
                .filter(viewer -> {
                    var reset = notes.nextReset(viewer, offset);
                    return reset == null || reset > offset + SOON;
                })
                .count();
    }

    private static BitSet over(BitSet more, BitSet than) {
        var over = (BitSet) more.clone();
        over.andNot(than);
        return over;
    }

    int changes() {
        return changes;
    }

    long leaks() {
        return leaks;
    }

    long missing() {
        return missing;
    }

    double millis(double percentile) {
        return frames.getValueAtPercentile(percentile) / 1_000.0;
    }

    void report(Report report) {
        report.put("deliveries", frames.getTotalCount())
                .put("leaks", leaks)
                .put("missing", missing)
                .put("twice", notes.twice())
                .put("told_to_read_again", notes.resets())
                .latency("", frames)
                .latency("last_viewer_", last);
    }
}
