package io.amanat.bridge.table;

import io.amanat.bridge.channel.Numbered;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one transaction did to one row.
 *
 * @param old the whole row before; empty if there was none
 * @param now the whole row after; empty if there is none
 */
record Row(long offset, String table, RecordRef.Key key, Optional<Image> old, Optional<Image> now, Instant at) {

    /** The rows of a change, in their order. */
    static List<Row> of(Numbered numbered, Change.Records change) {
        var before = new HashMap<RecordRef.Key, Image>();
        change.before().forEach(image -> before.put(image.key(), image));
        var rows = new ArrayList<Row>();
        for (var image : change.now()) {
            var old = Optional.ofNullable(before.get(image.key()));
            var now = Optional.of(image).filter(it -> change.operation() != Operation.DELETE);
            rows.add(new Row(numbered.offset(), change.model(), image.key(), old, now, change.at()));
        }
        return rows;
    }

    /** What is known of it, before and after. */
    List<Map<String, JsonNode>> images() {
        return Stream.of(old, now).flatMap(Optional::stream).map(Image::values).toList();
    }

    /** Its values now, of these columns and in their order. */
    Map<String, JsonNode> now(List<String> columns) {
        return now.map(it -> only(it, columns)).orElse(Map.of());
    }

    /** The key as it was, by its column. */
    Map<String, JsonNode> oldKey(String column) {
        return old.map(it -> only(it, List.of(column))).orElse(Map.of());
    }

    /** Those of these columns that changed, as they were. */
    Map<String, JsonNode> changed(List<String> columns) {
        var changed = new ArrayList<>(columns);
        changed.removeIf(column -> same(value(old, column), value(now, column)));
        return old.map(it -> only(it, changed)).orElse(Map.of());
    }

    private static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
        return one == null ? other == null : one.equals(other);
    }

    private static @Nullable JsonNode value(Optional<Image> image, String column) {
        return image.map(it -> it.values().get(column)).orElse(null);
    }

    private static Map<String, JsonNode> only(Image image, List<String> columns) {
        var values = new LinkedHashMap<String, JsonNode>();
        for (var column : columns) {
            var value = image.values().get(column);
            if (value != null) {
                values.put(column, value);
            }
        }
        return values;
    }
}
