package io.amanat.e2e.chaos;

import io.amanat.bench.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run found. */
final class Outcome {
    private final Map<Fault, List<Long>> recoveries = new TreeMap<>();
    private final Map<Fault, Integer> mostResets = new TreeMap<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private Findings findings = new Findings(0, 0, 0, 0, 0);

    /** All tabs were live again, and had seen what was committed after the fault. */
    void recovered(Fault fault, long millis) {
        recoveries.computeIfAbsent(fault, _ -> new ArrayList<>()).add(millis);
    }

    /** A watch was told to read again so often after this fault. */
    void told(Fault fault, int resets) {
        mostResets.merge(fault, resets, Math::max);
    }

    int suffered() {
        return recoveries.values().stream().mapToInt(List::size).sum();
    }

    boolean hasSuffered(Fault fault) {
        return recoveries.containsKey(fault);
    }

    void put(String key, Object value) {
        figures.put(key, value);
    }

    /**
     * What went wrong.
     *
     * @param losses records that some tab shows otherwise than Odoo answers its user
     * @param missed committed values that a tab neither got nor read, nor got anything instead
     * @param forbidden values seen that were rolled back, or written over within their transaction
     * @param unrecovered times that not all tabs were live again soon
     * @param resetsTooMany times that a watch was told to read again: without a fault, or more than once after one
     */
    record Findings(int losses, int missed, int forbidden, int unrecovered, int resetsTooMany) {}

    void found(Findings what) {
        findings = what;
    }

    Findings findings() {
        return findings;
    }

    boolean broken() {
        return !findings.equals(new Findings(0, 0, 0, 0, 0));
    }

    void fill(Report report) {
        figures.forEach(report::put);
        report.put("faults", suffered());
        recoveries.forEach(
                (fault, times) -> report.put(fault.toString(), line(times, mostResets.getOrDefault(fault, 0))));
        report.put("losses", findings.losses())
                .put("missed", findings.missed())
                .put("rolled_back_or_intermediate_seen", findings.forbidden())
                .put("not_recovered", findings.unrecovered())
                .put("resets_too_many", findings.resetsTooMany());
    }

    private static String line(List<Long> times, int mostResets) {
        var sorted = times.stream().sorted().toList();
        return "%d times, live again after %d ms (median), %d ms (most); resets of a watch: %d at most"
                .formatted(times.size(), sorted.get(sorted.size() / 2), sorted.getLast(), mostResets);
    }
}
