package io.amanat.e2e.chaos;

import io.amanat.bench.report.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a run found. */
final class Outcome {
    private final Map<Fault, Integer> faults = new TreeMap<>();
    private final Map<Fault, Long> recoveries = new TreeMap<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private int losses;
    private int forbidden;
    private int unrecovered;

    void recovered(Fault fault, long millis) {
        faults.merge(fault, 1, Integer::sum);
        recoveries.merge(fault, millis, Math::max);
    }

    void notRecovered(Fault fault) {
        faults.merge(fault, 1, Integer::sum);
        unrecovered++;
    }

    int suffered() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    boolean hasSuffered(Fault fault) {
        return faults.containsKey(fault);
    }

    void lost(List<JsonNode> differences) {
        losses = differences.size();
    }

    void seenThoughForbidden(int count) {
        forbidden = count;
    }

    void put(String key, Object value) {
        figures.put(key, value);
    }

    /**
     * What went wrong.
     *
     * @param losses records that some tab shows otherwise than Odoo answers its user
     * @param forbidden values seen that were rolled back, or written over within their transaction
     * @param unrecovered faults after which not all tabs were live again in time
     */
    record Findings(int losses, int forbidden, int unrecovered) {}

    Findings findings() {
        return new Findings(losses, forbidden, unrecovered);
    }

    boolean broken() {
        return !findings().equals(new Findings(0, 0, 0));
    }

    void fill(Report report) {
        figures.forEach(report::put);
        var perFault = new LinkedHashMap<String, String>();
        faults.forEach((fault, count) -> perFault.put(
                fault.toString(),
                "%d times, live again after at most %s"
                        .formatted(count, recoveries.containsKey(fault) ? recoveries.get(fault) + " ms" : "-")));
        report.put("faults", suffered())
                .put("losses", losses)
                .put("rolled_back_or_intermediate_seen", forbidden)
                .put("not_recovered", unrecovered)
                .put("each", perFault);
    }
}
