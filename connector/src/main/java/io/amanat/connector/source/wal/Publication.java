package io.amanat.connector.source.wal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a database publishes under one name.
 *
 * @param inserts whether inserted rows are
 * @param tables by name with their schema
 */
public record Publication(boolean inserts, Map<String, Table> tables) {
    public Publication {
        tables = Map.copyOf(tables);
    }

    /** Since this version a publication may choose columns and rows. */
    static final int CHOOSY = 15;

    /**
     * One published table.
     *
     * @param columns empty if the server does not say, which means all
     * @param filter a condition on its rows; empty if there is none
     */
    public record Table(List<String> columns, String filter) {}

    static Optional<Publication> find(Connection connection, String name) throws SQLException {
        try (var statement =
                connection.prepareStatement("SELECT pubinsert FROM pg_catalog.pg_publication WHERE pubname = ?")) {
            statement.setString(1, name);
            var row = statement.executeQuery();
            return row.next()
                    ? Optional.of(new Publication(row.getBoolean(1), tables(connection, name)))
                    : Optional.empty();
        }
    }

    private static Map<String, Table> tables(Connection connection, String name) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        var choice = version >= CHOOSY ? "attnames::text[], coalesce(rowfilter, '')" : "ARRAY[]::text[], ''";
        try (var statement = connection.prepareStatement("SELECT schemaname || '.' || tablename, " + choice
                + " FROM pg_catalog.pg_publication_tables WHERE pubname = ?")) {
            statement.setString(1, name);
            var row = statement.executeQuery();
            var tables = new HashMap<String, Table>();
            while (row.next()) {
                var columns = List.of((String[]) row.getArray(2).getArray());
                tables.put(row.getString(1), new Table(columns, row.getString(3)));
            }
            return tables;
        }
    }

    /** Why what is inserted into a table would not all arrive; empty if it does. */
    Optional<String> trouble(String name, PublishedTable table) {
        var published = tables.get(table.name());
        if (published == null || !inserts) {
            return Optional.of("%s does not publish what is inserted into %s".formatted(name, table.name()));
        }
        if (!published.columns().isEmpty() && !published.columns().containsAll(table.columns())) {
            return Optional.of("%s leaves out columns that are needed".formatted(name));
        }
        boolean otherRows = !published.filter().isEmpty() && !published.filter().contains(table.mark());
        return otherRows ? Optional.of("%s chooses other rows than ours".formatted(name)) : Optional.empty();
    }
}
