package io.amanat.e2e.cost;

import io.amanat.bench.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What each change of one kind cost. */
final class Samples {
    private static final double HALF = 0.5;
    private static final double MOST = 0.95;

    private final List<Sample> all = new ArrayList<>();

    private record Sample(double allScript, Spent spent) {}

    /**
     * Adds one.
     *
     * @param allScript what promises call included, in milliseconds
     * @param spent what the counters say
     */
    void add(double allScript, Spent spent) {
        all.add(new Sample(allScript, spent));
    }

    double medianScript() {
        return of(it -> it.spent().script(), HALF);
    }

    void report(Report report, String prefix) {
        report.put(prefix + "script_p50_ms", medianScript())
                .put(prefix + "script_p95_ms", of(it -> it.spent().script(), MOST))
                .put(prefix + "all_script_p50_ms", of(Sample::allScript, HALF))
                .put(prefix + "layout_p50_ms", of(it -> it.spent().layout(), HALF))
                .put(prefix + "style_p50_ms", of(it -> it.spent().style(), HALF))
                .put(prefix + "task_p50_ms", of(it -> it.spent().task(), HALF));
    }

    /** The smallest value that at least this share of the changes did not exceed. */
    private double of(ToDoubleFunction<Sample> part, double share) {
        double[] sorted = all.stream().mapToDouble(part).sorted().toArray();
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
