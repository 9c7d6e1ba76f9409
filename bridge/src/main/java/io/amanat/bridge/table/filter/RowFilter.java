package io.amanat.bridge.table.filter;

import io.amanat.connector.change.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Which rows of one table a filter means, as PostgreSQL would. Immutable; safe to share. */
public final class RowFilter {

    private final List<Tester> testers;

    private RowFilter(List<Tester> testers) {
        this.testers = List.copyOf(testers);
    }

    /**
     * What every row it means has in one column.
     *
     * @param type of the column: values of another type are found by other keys
     * @param key what a value of the column, other than null, is found by
     * @param keys of all the values that it may have
     */
    record Foothold(String column, String type, Function<JsonNode, Object> key, Set<Object> keys) {}

    /**
     * The rows of this table that the filter means.
     *
     * @throws FilterException if a column does not exist, or cannot be compared in this way or with this value
     */
    public static RowFilter compile(Filter filter, TableShape shape) throws FilterException {
        var testers = new ArrayList<Tester>();
        for (var condition : filter.conditions()) {
            var column = shape.column(condition.column())
                    .orElseThrow(() -> new FilterException("there is no column %s".formatted(condition.column())));
            testers.add(Tester.of(condition, column));
        }
        return new RowFilter(testers);
    }

    /** Whether it means this row, by column. */
    public boolean matches(Map<String, JsonNode> row) {
        for (var tester : testers) {
            if (!tester.holds(row.get(tester.column()))) {
                return false;
            }
        }
        return true;
    }

    /** Of the column where it asks for the fewest values; empty if it asks for none. */
    Optional<Foothold> foothold() {
        return testers.stream()
                .flatMap(it -> it.foothold().stream())
                .min((one, other) ->
                        Integer.compare(one.keys().size(), other.keys().size()));
    }
}
