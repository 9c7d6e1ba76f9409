package io.amanat.bridge.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts announcements that rights changed, so that an answer asked before one is known for what it is. Bounded: when it has counted
 * for too many, it counts for everybody, which makes answers older than they are and never younger. Used under a lock.
 */
final class Generations {

    /** How many users, and how many models, have counts of their own. */
    static final int MAX = 10_000;

    private final Map<Long, Long> users = new HashMap<>();
    private final Map<String, Long> models = new HashMap<>();
    private long everybody;

    /** When something was asked, as far as announcements that concern it can tell. Equal ones have none between them. */
    record Generation(long everybody, long user, long model) {}

    Generation of(String model, long user) {
        return new Generation(everybody, users.getOrDefault(user, 0L), models.getOrDefault(model, 0L));
    }

    /** Counts an announcement; one that names users and models counts for those users on all models. */
    void count(Optional<Set<Long>> changedUsers, Optional<Set<String>> changedModels) {
        if (changedUsers.isPresent()) {
            changedUsers.get().forEach(user -> count(users, user));
        } else if (changedModels.isPresent()) {
            changedModels.get().forEach(model -> count(models, model));
        } else {
            everybody++;
        }
    }

    private <K> void count(Map<K, Long> counts, K key) {
        if (counts.size() >= MAX && !counts.containsKey(key)) {
            counts.clear();
            everybody++;
        }
        counts.merge(key, 1L, Long::sum);
    }
}
