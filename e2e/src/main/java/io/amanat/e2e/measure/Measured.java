package io.amanat.e2e.measure;

import io.amanat.bench.report.Report;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** The latencies of one run, together and apart, in microseconds. */
final class Measured {
    private static final long LONGEST_MICROS = 600_000_000;
    private static final double MICROS_PER_MS = 1_000;

    private final Histogram all = new Histogram(LONGEST_MICROS, 3);
    private final Histogram inPlace = new Histogram(LONGEST_MICROS, 3);
    private final Histogram reread = new Histogram(LONGEST_MICROS, 3);
    private final Map<Step.Kind, Histogram> kinds = new EnumMap<>(Step.Kind.class);
    private int losses;

    Measured() {
        for (Step.Kind kind : Step.Kind.values()) {
            kinds.put(kind, new Histogram(LONGEST_MICROS, 3));
        }
    }

    void add(Step step, double committed, Observer.Noted noted) {
        Optional<Double> seen = noted.at(step);
        if (seen.isEmpty()) {
            losses++;
            return;
        }
        long micros = Math.max(0, Math.round((seen.get() - committed) * MICROS_PER_MS));
        all.recordValue(micros);
        kinds.getOrDefault(step.kind(), all).recordValue(micros);
        (noted.rereadBetween(committed, seen.get()) ? reread : inPlace).recordValue(micros);
    }

    int losses() {
        return losses;
    }

    void report(Report report) {
        report.latency("", all);
        report.put("in_place_count", inPlace.getTotalCount()).latency("in_place_", inPlace);
        report.put("reread_count", reread.getTotalCount()).latency("reread_", reread);
        kinds.forEach((kind, histogram) -> report.latency(kind.name().toLowerCase(Locale.ROOT) + "_", histogram));
    }
}
