package io.amanat.connector.source.wal;

import java.util.List;
import java.util.Optional;

/**
 * A table whose inserted rows are to be read, as far as they are wanted.
 *
 * @param name with its schema
 * @param columns that are read
 * @param filter an SQL condition on the rows that are read
 * @param mark a piece of the filter as PostgreSQL stores it, by which it is known again
 */
public record PublishedTable(String name, List<String> columns, String filter, String mark) implements Published {
    public PublishedTable {
        columns = List.copyOf(columns);
    }

    @Override
    public Optional<String> trouble(String publication, Publication found) {
        var published = found.tables().get(name);
        if (published == null || !found.operations().contains(Publication.Operation.INSERT)) {
            return Optional.of("%s does not publish what is inserted into %s".formatted(publication, name));
        }
        if (!published.columns().isEmpty() && !published.columns().containsAll(columns)) {
            return Optional.of("%s leaves out columns that are needed".formatted(publication));
        }
        boolean otherRows = !published.filter().isEmpty() && !published.filter().contains(mark);
        return otherRows ? Optional.of("%s chooses other rows than ours".formatted(publication)) : Optional.empty();
    }

    @Override
    public String setup() {
        return "amanat slot setup";
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
