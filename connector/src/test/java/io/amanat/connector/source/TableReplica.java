package io.amanat.connector.source;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.ExactJson;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.source.wal.TestDatabase;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/** A copy of a table that is kept by what a source says of it. Values are compared as JSON, numbers by their value. */
final class TableReplica {

    private static final ExactJson JSON = new ExactJson(new JsonFactory());

    private final String table;
    private Map<UUID, Map<String, JsonNode>> rows = new HashMap<>();

    TableReplica(String table) {
        this.table = table;
    }

    /** Applies changes; what was there before each must be what it says was there. */
    void apply(Change.Records change) {
        for (int i = 0; i < change.now().size(); i++) {
            var image = change.now().get(i);
            var key = ((RecordRef.Uuid) image.key()).id();
            var before = rows.remove(key);
            var told = change.before().isEmpty() ? null : change.before().get(i);
            if (!row(before).equals(row(told == null ? null : told.values()))) {
                throw new AssertionError("%s was %s, and is said to have been %s".formatted(key, before, told));
            }
            if (!image.values().isEmpty()) {
                rows.put(key, image.values());
            }
        }
    }

    /** Takes what the table holds now, as whoever is told of a gap does. */
    void reread(TestDatabase database) {
        rows = read(database);
    }

    Map<UUID, String> shown() {
        return shown(rows);
    }

    Map<UUID, String> stored(TestDatabase database) {
        return shown(read(database));
    }

    private Map<UUID, Map<String, JsonNode>> read(TestDatabase database) {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            var row = statement.executeQuery("SELECT id, to_jsonb(t) FROM " + table + " t");
            var found = new HashMap<UUID, Map<String, JsonNode>>();
            while (row.next()) {
                var values = JSON.read(row.getString(2)).properties().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
                found.put(row.getObject(1, UUID.class), values);
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<UUID, String> shown(Map<UUID, Map<String, JsonNode>> rows) {
        return new TreeMap<>(
                rows.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, row -> row(row.getValue()))));
    }

    private static String row(@Nullable Map<String, JsonNode> values) {
        return values == null
                ? "nothing"
                : new TreeMap<>(values)
                        .entrySet().stream()
                                .map(it -> it.getKey() + "=" + shown(it.getValue()))
                                .collect(Collectors.joining(", "));
    }

    /** PostgreSQL orders an object's names by their length. */
    private static String shown(JsonNode node) {
        if (node.isNumber()) {
            return new BigDecimal(node.asString()).stripTrailingZeros().toString();
        }
        if (node.isArray()) {
            return node.valueStream().map(TableReplica::shown).collect(Collectors.joining(",", "[", "]"));
        }
        if (node.isObject()) {
            var members = new TreeMap<String, String>();
            node.properties().forEach(it -> members.put(it.getKey(), shown(it.getValue())));
            return members.toString();
        }
        return node.toString();
    }

    static Map<String, JsonNode> first(Iterable<Image> images) {
        return images.iterator().next().values();
    }
}
