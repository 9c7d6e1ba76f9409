package io.amanat.e2e.leak;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * One commit, and what Odoo let everybody read right after it.
 *
 * @param touched the records it wrote, created or deleted, by model
 * @param seen by key of a watch, the ids that its user may read, or that its domain finds
 * @param fields by key, the names of the fields; empty where the model may not be read
 * @param values by key and id, the touched records as this user reads them
 * @param late whether it was announced long before it was committed: then the bridge cannot know its place among the others
 * @param rights if it changed what somebody may read
 */
record Moment(
        String what,
        Instant began,
        Instant committed,
        Map<String, Set<Long>> touched,
        Map<String, Set<Long>> seen,
        Map<String, Set<String>> fields,
        Map<String, Map<Long, JsonNode>> values,
        boolean late,
        Optional<RightsChange> rights) {

    /**
     * Whom a change of rights concerns.
     *
     * @param closed whose connections are to end
     */
    record RightsChange(Set<Long> users, Set<String> models, Set<Long> closed) {
        boolean concerns(Watching watch) {
            return users.contains(watch.user()) && (watch.beacon() || models.contains(watch.model()));
        }
    }

    /** The moment after {@code before}: the step tells what differs. */
    static Moment after(Moment before, JsonNode step) {
        var seen = new HashMap<>(before.seen);
        seen.putAll(idsByName(step.path("seen")));
        var fields = new HashMap<>(before.fields);
        fields.putAll(fields(step.path("fields")));
        return new Moment(
                "step %d (%s)"
                        .formatted(step.path("step").asInt(), step.path("what").asString()),
                instant(step.path("began")),
                instant(step.path("committed")),
                idsByName(step.path("touched")),
                seen,
                fields,
                rows(step.path("values")),
                step.path("late").asBoolean(false),
                step.has("rights") ? Optional.of(rights(step)) : Optional.empty());
    }

    /** What everybody sees before anything happens. */
    static Moment first(JsonNode screens) {
        return new Moment(
                "the beginning",
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of(),
                idsByName(screens.path("seen")),
                fields(screens.path("fields")),
                rows(screens.path("values")),
                false,
                Optional.empty());
    }

    boolean includes(Instant at, String model, Set<Long> ids) {
        return !at.isBefore(began)
                && !at.isAfter(committed)
                && touched.getOrDefault(model, Set.of()).containsAll(ids);
    }

    /** The ids that this watch shows: what its user may read and, if the bridge judges that, its domain finds. */
    Set<Long> shown(Watching watch, boolean filtered) {
        var key = filtered ? watch.matching().orElse(watch.readable()) : watch.readable();
        var ids = new HashSet<>(seen.getOrDefault(key, Set.of()));
        watch.id().ifPresent(id -> ids.retainAll(Set.of(id)));
        return ids;
    }

    Set<Long> readable(Watching watch) {
        return seen.getOrDefault(watch.readable(), Set.of());
    }

    Set<String> fields(Watching watch) {
        return fields.getOrDefault(watch.readable(), Set.of());
    }

    static Map<String, Map<Long, JsonNode>> rows(JsonNode values) {
        var rows = new HashMap<String, Map<Long, JsonNode>>();
        values.properties().forEach(key -> {
            var of = new HashMap<Long, JsonNode>();
            key.getValue().properties().forEach(row -> of.put(Long.valueOf(row.getKey()), row.getValue()));
            rows.put(key.getKey(), of);
        });
        return rows;
    }

    private static Map<String, Set<Long>> idsByName(JsonNode lists) {
        var ids = new HashMap<String, Set<Long>>();
        lists.properties().forEach(list -> ids.put(list.getKey(), ids(list.getValue())));
        return ids;
    }

    private static Map<String, Set<String>> fields(JsonNode lists) {
        var fields = new HashMap<String, Set<String>>();
        lists.properties().forEach(list -> {
            var names = new TreeSet<String>();
            list.getValue().valueStream().map(JsonNode::asString).forEach(names::add);
            fields.put(list.getKey(), names);
        });
        return fields;
    }

    private static Set<Long> ids(JsonNode list) {
        var ids = new TreeSet<Long>();
        list.valueStream().filter(JsonNode::isNumber).map(JsonNode::asLong).forEach(ids::add);
        return ids;
    }

    private static RightsChange rights(JsonNode step) {
        var models = new TreeSet<String>();
        step.path("concerns").valueStream().map(JsonNode::asString).forEach(models::add);
        return new RightsChange(ids(step.path("concerned")), models, ids(step.path("closed")));
    }

    private static Instant instant(JsonNode text) {
        return OffsetDateTime.parse(text.asString()).toInstant();
    }
}
