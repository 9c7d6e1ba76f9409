package io.amanat.e2e.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What was promised, and every sentence about what was not kept. */
public final class Budgets {
    /** Whose requests may not depend on how many lists are open. */
    private static final Set<String> CONSTANT = Set.of("update", "create", "sort", "paged_update", "paged_sort");

    /** A request or two that had nothing to do with the changes. */
    private static final double AS_MANY = 0.7;

    private final List<String> missed = new ArrayList<>();

    /** Holds a figure to the most that it may be. */
    public void atMost(String what, double measured, double limit) {
        if (!(measured <= limit)) {
            missed.add(String.format(Locale.ROOT, "%s: %.1f, and the budget is %.1f", what, measured, limit));
        }
    }

    /** Holds a figure to the least that it may be. */
    public void atLeast(String what, double measured, double limit) {
        if (!(measured >= limit)) {
            missed.add(String.format(Locale.ROOT, "%s: %.1f, and at least %.1f are promised", what, measured, limit));
        }
    }

    /** Adds a sentence about something else that was not kept. */
    public void say(String sentence) {
        missed.add(sentence);
    }

    /**
     * Holds requests to what they may not depend on.
     *
     * @param perChange by kind of change and number of lists
     */
    void constant(Map<String, Map<Integer, Double>> perChange) {
        perChange.forEach((kind, byLists) -> {
            int fewest =
                    byLists.keySet().stream().mapToInt(Integer::intValue).min().orElseThrow();
            double least = byLists.getOrDefault(fewest, 0.0);
            byLists.forEach((lists, requests) -> {
                if (CONSTANT.contains(kind)) {
                    atMost("requests for one %s with %d lists".formatted(kind, lists), requests, least + AS_MANY);
                }
            });
        });
    }

    /** Every sentence. */
    public List<String> missed() {
        return List.copyOf(missed);
    }
}
