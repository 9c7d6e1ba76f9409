package io.amanat.e2e.leak;

import io.amanat.e2e.leak.Findings.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What one watch shows its user: what was read at first, and what frames made of it. A field without a value is to be read again. */
final class Screen {
    private final Watching watch;
    private final boolean filtered;
    private final Map<Long, Map<String, JsonNode>> shown = new HashMap<>();
    private boolean unread = true;

    /** @param filtered whether the bridge judges the watch's own domain */
    Screen(Watching watch, boolean filtered) {
        this.watch = watch;
        this.filtered = filtered;
    }

    Watching watch() {
        return watch;
    }

    boolean filtered() {
        return filtered;
    }

    /** Somebody said to read it again. */
    void reset() {
        unread = true;
    }

    void apply(JsonNode frame) {
        switch (frame.path("op").asString()) {
            case "leave", "delete" ->
                frame.path("records")
                        .forEach(record -> shown.remove(record.path("id").asLong()));
            default -> frame.path("records").forEach(record -> merge(record, frame.path("reread")));
        }
    }

    private void merge(JsonNode record, JsonNode reread) {
        var row = shown.computeIfAbsent(record.path("id").asLong(), any -> new HashMap<>());
        record.properties().forEach(value -> row.put(value.getKey(), value.getValue()));
        reread.forEach(name -> row.remove(name.asString()));
    }

    /** Compares it with what Odoo lets its user read now, and reads what is to be read again. */
    void settle(Timeline truth, Findings findings) {
        var ids = truth.last().shown(watch, filtered);
        var fields = fields(truth.last());
        if (!unread) {
            compare(ids, fields, truth, findings);
        }
        shown.clear();
        for (var id : ids) {
            shown.put(id, read(row(truth, id), fields));
        }
        unread = false;
    }

    /** The fields it shows and may show. */
    Set<String> fields(Moment moment) {
        var fields = new HashSet<>(moment.fields(watch));
        watch.fields().ifPresent(names -> {
            fields.retainAll(names);
            fields.addAll(Set.of("id", "display_name"));
        });
        return fields;
    }

    private JsonNode row(Timeline truth, long id) {
        return truth.rows(watch).getOrDefault(id, MissingNode.getInstance());
    }

    private static Map<String, JsonNode> read(JsonNode row, Set<String> fields) {
        var values = new HashMap<String, JsonNode>();
        fields.stream().filter(row::has).forEach(name -> values.put(name, row.path(name)));
        return values;
    }

    private void compare(Set<Long> ids, Set<String> fields, Timeline truth, Findings findings) {
        for (var id : ids) {
            var row = shown.get(id);
            if (row == null) {
                findings.add(
                        Kind.MISSING,
                        "%s lacks %d since %s".formatted(watch, id, truth.last().what()));
            } else {
                compare(id, row, row(truth, id), fields, findings);
            }
        }
        for (var id : shown.keySet()) {
            if (!ids.contains(id)) {
                findings.add(
                        Kind.MISSING,
                        "%s still shows %d after %s"
                                .formatted(watch, id, truth.last().what()));
            }
        }
    }

    private void compare(long id, Map<String, JsonNode> row, JsonNode read, Set<String> fields, Findings findings) {
        for (var name : fields) {
            var value = row.get(name);
            if (value != null && read.has(name) && !Values.stands(value, read.path(name))) {
                findings.add(
                        Kind.MISSING,
                        "%s shows %d with %s %s, but it is %s".formatted(watch, id, name, value, read.path(name)));
            }
        }
    }
}
