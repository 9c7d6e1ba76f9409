package io.amanat.connector.source.wal;

import java.util.List;

/**
 * A table whose inserted rows are to be read, as far as they are wanted.
 *
 * @param name with its schema
 * @param columns that are read
 * @param filter an SQL condition on the rows that are read
 * @param mark a piece of the filter as PostgreSQL stores it, by which it is known again
 */
public record PublishedTable(String name, List<String> columns, String filter, String mark) {
    public PublishedTable {
        columns = List.copyOf(columns);
    }

    /** The table in a statement about a publication; older servers cannot choose columns and rows. */
    String clause(int version) {
        return version >= Publication.CHOOSY
                ? "%s (%s) WHERE (%s)".formatted(name, String.join(", ", columns), filter)
                : name;
    }

    String creation(String publication, int version) {
        return "CREATE PUBLICATION %s FOR TABLE %s WITH (publish = 'insert')".formatted(publication, clause(version));
    }

    String correction(String publication, int version) {
        return "ALTER PUBLICATION %1$s SET TABLE %2$s; ALTER PUBLICATION %1$s SET (publish = 'insert')"
                .formatted(publication, clause(version));
    }
}
