package io.amanat.bridge.access;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known of the rights on one model, without values.
 *
 * @param viewers whose rights are known
 * @param distinct different rights among them
 * @param undecidable viewers whose records only Odoo can tell
 * @param troubles ids of users who are denied because of an error, by its description
 */
public record RightsSummary(
        String model, int viewers, int distinct, int undecidable, Map<String, Collection<Long>> troubles) {

    static List<RightsSummary> of(Map<RightsKey, RightsLedger.Entry> entries, Troubles troubles) {
        var models = new TreeMap<String, Count>();
        entries.forEach((key, entry) ->
                models.computeIfAbsent(key.model(), it -> new Count()).add(entry.rights()));
        return models.entrySet().stream()
                .map(it -> it.getValue().of(it.getKey(), troubles.with(it.getKey())))
                .toList();
    }

    private static final class Count {
        private final Set<Rights> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        private int viewers;
        private int undecidable;

        void add(Rights rights) {
            viewers++;
            undecidable += rights.same().isPresent() ? 1 : 0;
            distinct.add(rights);
        }

        RightsSummary of(String model, Map<String, Collection<Long>> troubles) {
            return new RightsSummary(model, viewers, distinct.size(), undecidable, troubles);
        }
    }
}
