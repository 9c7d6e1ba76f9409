package io.amanat.standin.store;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The rows of every model by id, and the next id of each; an id is never used twice, not even after a rollback. */
final class Tables {

    private final Map<String, NavigableMap<Integer, Map<String, Object>>> rows = new HashMap<>();
    private final Map<String, Integer> lastIds = new HashMap<>();

    NavigableMap<Integer, Map<String, Object>> of(String model) {
        return rows.computeIfAbsent(model, _ -> new TreeMap<>());
    }

    int nextId(String model) {
        return lastIds.merge(model, 1, Integer::sum);
    }
}
