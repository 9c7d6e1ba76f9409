package io.amanat.bridge.write;

import static io.amanat.connector.change.TableShape.quoted;
import static java.util.stream.Collectors.joining;

import io.amanat.bridge.table.filter.Condition;
import io.amanat.bridge.table.filter.Filter;
import io.amanat.connector.change.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statement for a page of rows. Every name in it is the catalogue's, quoted; every value is a parameter. */
final class PageSql {

    private final TableShape table;

    PageSql(TableShape table) {
        this.table = table;
    }

    /** Answers with one more row than the limit when there are more. */
    Statement page(List<String> columns, Filter filter, Optional<String> after, int limit) {
        var conditions = new ArrayList<String>();
        var named = new ArrayList<String>();
        var values = new ArrayList<@Nullable String>();
        for (var condition : filter.conditions()) {
            conditions.add(sql(condition));
            value(condition).ifPresent(value -> {
                named.add(condition.column());
                values.add(value);
            });
        }
        after.ifPresent(key -> {
            conditions.add(name(table.key()) + " > ?");
            named.add(table.key());
            values.add(key);
        });
        var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return new Statement(
                "SELECT row_to_json(seen) FROM %s AS row_, LATERAL (SELECT %s) AS seen%s ORDER BY %s LIMIT %d"
                        .formatted(
                                table.quoted(),
                                columns.stream().map(PageSql::name).collect(joining(", ")),
                                where,
                                name(table.key()),
                                limit + 1),
                named,
                values);
    }

    private static String sql(Condition condition) {
        var holds = name(condition.column()) + compared(condition);
        return condition.negated() ? "NOT (" + holds + ")" : holds;
    }

    private static String compared(Condition condition) {
        return switch (condition.operator()) {
            case EQ -> " = ?";
            case NEQ -> " <> ?";
            case LT -> " < ?";
            case LTE -> " <= ?";
            case GT -> " > ?";
            case GTE -> " >= ?";
            case IN -> " = ANY (?)";
            case LIKE -> " LIKE ?";
            case ILIKE -> " ILIKE ?";
            case IS -> " IS " + constant(condition.value());
        };
    }

    private static String constant(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "null" -> "NULL";
            case "true" -> "TRUE";
            case "false" -> "FALSE";
            case "unknown" -> "UNKNOWN";
            default -> throw new IllegalArgumentException("is stands before null, true, false or unknown");
        };
    }

    private static Optional<String> value(Condition condition) {
        return switch (condition.operator()) {
            case IS -> Optional.empty();
            case IN ->
                Optional.of(condition.values().stream().map(Parameters::quoted).collect(joining(",", "{", "}")));
            case EQ, NEQ, LT, LTE, GT, GTE, LIKE, ILIKE -> Optional.of(condition.value());
        };
    }

    private static String name(String column) {
        return "row_." + quoted(column);
    }
}
