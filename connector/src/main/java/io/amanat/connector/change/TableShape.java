package io.amanat.connector.change;

import java.util.List;
import java.util.Optional;

/**
 * What a published table looks like: its name, its key and its columns.
 *
 * @param table {@code task} in the schema {@code public}, otherwise {@code schema.task}
 * @param key the column that is the primary key
 * @param columns those whose values are published, in the table's order; the key is one of them
 */
public record TableShape(String table, String key, List<Column> columns) {

    private static final String PUBLIC = "public";

    public TableShape {
        columns = List.copyOf(columns);
        if (columns.stream().noneMatch(column -> column.name().equals(key))) {
            throw new IllegalArgumentException("%s has no column %s, which is its key".formatted(table, key));
        }
    }

    /** The name of a table as clients write it. */
    public static String name(String schema, String table) {
        return schema.equals(PUBLIC) ? table : schema + "." + table;
    }

    /** The column of this name, if there is one. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** The table's name for a statement, under any search path: {@code "public"."task"}. */
    public String quoted() {
        int dot = table.indexOf('.');
        return dot < 0
                ? quoted(PUBLIC) + "." + quoted(table)
                : quoted(table.substring(0, dot)) + "." + quoted(table.substring(dot + 1));
    }

    /** A name for a statement: {@code "task"}. */
    public static String quoted(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }
}
