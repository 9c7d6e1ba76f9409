package io.amanat.bridge.channel;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One record of a change, as it is judged. Both images hold what only rules look at; none of it is ever shown.
 *
 * @param before empty for a record that is new
 * @param after empty for a record that is gone
 */
record Moment(long id, Optional<Image> before, Optional<Image> after) {

    /** The records of this change, in its order. */
    static List<Moment> of(Change.Records change) {
        var rules = byKey(change.rules());
        var before = byKey(change.before());
        var moments = new ArrayList<Moment>();
        for (var now : change.now()) {
            var old = before.getOrDefault(now.key(), Map.of());
            var after = joined(now.values(), rules.getOrDefault(now.key(), Map.of()));
            moments.add(
                    switch (change.operation()) {
                        case CREATE -> new Moment(id(now), Optional.empty(), image(now, after));
                        case UPDATE -> new Moment(id(now), image(now, earlier(change, after, old)), image(now, after));
                        case DELETE -> new Moment(id(now), image(now, old), Optional.empty());
                    });
        }
        return moments;
    }

    private static Map<RecordRef.Key, Map<String, JsonNode>> byKey(List<Image> images) {
        var byKey = new HashMap<RecordRef.Key, Map<String, JsonNode>>();
        images.forEach(image -> byKey.put(image.key(), image.values()));
        return byKey;
    }

    /** The values after the change, less those that it changed, and those known of before it. */
    private static Map<String, JsonNode> earlier(
            Change.Records change, Map<String, JsonNode> after, Map<String, JsonNode> old) {
        var unchanged = new HashMap<>(after);
        unchanged.keySet().removeAll(change.changedFields());
        unchanged.keySet().removeAll(change.reread());
        return joined(unchanged, old);
    }

    private static Map<String, JsonNode> joined(Map<String, JsonNode> some, Map<String, JsonNode> more) {
        if (more.isEmpty()) {
            return some;
        }
        var joined = new HashMap<>(some);
        joined.putAll(more);
        return joined;
    }

    private static Optional<Image> image(Image now, Map<String, JsonNode> values) {
        return Optional.of(new Image(now.key(), values, now.version()));
    }

    /** The version of the row that holds the values after the change. */
    Optional<String> version() {
        return after.flatMap(Image::version);
    }

    /** The id of an image of an Odoo record. */
    static long id(Image image) {
        return switch (image.key()) {
            case RecordRef.Serial(var id) -> id;
            case RecordRef.Uuid(var id) ->
                throw new IllegalArgumentException("record %s is no record of Odoo".formatted(id));
        };
    }
}
