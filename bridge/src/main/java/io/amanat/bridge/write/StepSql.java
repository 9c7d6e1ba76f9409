package io.amanat.bridge.write;

import static io.amanat.connector.change.TableShape.quoted;
import static java.util.stream.Collectors.joining;

import io.amanat.connector.change.Column;
import io.amanat.connector.change.TableShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements of one table. Every name in them is the catalogue's, quoted; every value is a parameter. */
final class StepSql {

    private final TableShape table;

    StepSql(TableShape table) {
        this.table = table;
    }

    /** Answers with the key of the new row. */
    Statement insert(Map<String, @Nullable String> values) {
        var sql = values.isEmpty()
                ? "INSERT INTO %s DEFAULT VALUES".formatted(table.quoted())
                : "INSERT INTO %s (%s) VALUES (%s)"
                        .formatted(
                                table.quoted(),
                                names(values.keySet()),
                                String.join(", ", Collections.nCopies(values.size(), "?")));
        return new Statement(
                sql + " RETURNING " + key() + "::text", List.copyOf(values.keySet()), new ArrayList<>(values.values()));
    }

    /** Answers with the key of the row, unless there is none to be written. */
    Statement update(String key, Map<String, @Nullable String> values) {
        var set =
                values.keySet().stream().map(column -> quoted(column) + " = ?").collect(joining(", "));
        var columns = new ArrayList<>(values.keySet());
        columns.add(table.key());
        var parameters = new ArrayList<@Nullable String>(values.values());
        parameters.add(key);
        return new Statement(
                "UPDATE %s SET %s WHERE %s = ? RETURNING %s::text".formatted(table.quoted(), set, key(), key()),
                columns,
                parameters);
    }

    /** Answers with the key of the row, unless there is none to be deleted. */
    Statement delete(String key) {
        return byKey("DELETE FROM %s WHERE %s = ? RETURNING %s::text".formatted(table.quoted(), key(), key()), key);
    }

    /** Answers with anything at all if the row is in sight. */
    Statement exists(String key) {
        return byKey("SELECT 1 FROM %s WHERE %s = ?".formatted(table.quoted(), key()), key);
    }

    /** Locks the row against other writers, and says whether each of these columns still has this value. */
    Statement lockAndCompare(String key, Map<String, @Nullable String> base) {
        var same = base.keySet().stream()
                .map(column -> table.column(column).orElseThrow())
                .map(StepSql::sameAsParameter)
                .collect(joining(", "));
        var columns = new ArrayList<>(base.keySet());
        columns.add(table.key());
        var parameters = new ArrayList<@Nullable String>(base.values());
        parameters.add(key);
        return new Statement(
                "SELECT %s FROM %s WHERE %s = ? FOR UPDATE".formatted(same, table.quoted(), key()),
                columns,
                parameters);
    }

    /** The rows of these keys that are in sight: key and JSON. */
    Statement rows(Collection<String> keys, List<String> columns) {
        return byKey(
                "SELECT row_.%1$s::text, row_to_json(seen) FROM %2$s AS row_, LATERAL (SELECT %3$s) AS seen WHERE row_.%1$s = ANY (?)"
                        .formatted(
                                key(),
                                table.quoted(),
                                columns.stream()
                                        .map(column -> "row_." + quoted(column))
                                        .collect(joining(", "))),
                "{" + String.join(",", keys) + "}");
    }

    private Statement byKey(String sql, String key) {
        return new Statement(sql, List.of(table.key()), List.of(key));
    }

    /** The type json has no comparison of its own; of texts, some types and collations take those for equal that are not the same. */
    private static String sameAsParameter(Column column) {
        if (column.kind() == Column.Kind.TEXT) {
            return "pg_catalog.rtrim(%s::pg_catalog.text) COLLATE pg_catalog.\"C\" IS NOT DISTINCT FROM pg_catalog.rtrim(?::pg_catalog.text)"
                    .formatted(quoted(column.name()));
        }
        var cast =
                column.type().startsWith("json") ? (column.kind() == Column.Kind.ARRAY ? "::jsonb[]" : "::jsonb") : "";
        return "%s%s IS NOT DISTINCT FROM ?%s".formatted(quoted(column.name()), cast, cast);
    }

    private String key() {
        return quoted(table.key());
    }

    private static String names(Collection<String> columns) {
        return columns.stream().map(TableShape::quoted).collect(joining(", "));
    }
}
