package io.amanat.bridge.write;

import io.amanat.connector.change.Column;
import io.amanat.connector.change.ExactJson;
import io.amanat.connector.change.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/** What the viewer whose transaction it is sees of a table: rows by the policies, columns by the privileges. */
final class Sight {

    /** Documents are as deep as those of the log may be, in a row. */
    private static final ExactJson JSON = new ExactJson(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_010)
                    .maxNumberLength(200_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build());

    private final Connection connection;
    private final Map<String, List<String>> readable = new HashMap<>();

    /** @param connection whose transaction is the viewer's */
    Sight(Connection connection) {
        this.connection = connection;
    }

    static JsonNode json(String text) {
        return JSON.read(text);
    }

    /** Those of these rows that are there and may be seen, by key. */
    Map<String, JsonNode> rows(TableShape table, Collection<String> keys) throws SQLException {
        var rows = new HashMap<String, JsonNode>();
        var statement = new StepSql(table).rows(keys, readable(table));
        try (var query = statement.on(connection);
                var found = query.executeQuery()) {
            while (found.next()) {
                rows.put(found.getString(1), json(found.getString(2)));
            }
        }
        return rows;
    }

    /** The columns that may be read, in the table's order. */
    List<String> readable(TableShape table) throws SQLException {
        var known = readable.get(table.table());
        if (known == null) {
            var granted = granted(table);
            known = table.columns().stream()
                    .map(Column::name)
                    .filter(granted::contains)
                    .toList();
            readable.put(table.table(), known);
        }
        return known;
    }

    private Set<String> granted(TableShape table) throws SQLException {
        var names = new HashSet<String>();
        try (var query = connection.prepareStatement("""
                SELECT attname FROM pg_catalog.pg_attribute
                WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped
                  AND has_column_privilege(attrelid, attnum, 'SELECT')""")) {
            query.setString(1, table.quoted());
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    names.add(found.getString(1));
                }
            }
        }
        return names;
    }
}
