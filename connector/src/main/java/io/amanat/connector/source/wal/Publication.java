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
record Publication(boolean inserts, Map<String, Table> tables) {

    /** Since this version a publication may choose columns and rows. */
    static final int CHOOSY = 15;

    /**
     * One published table.
     *
     * @param columns empty if the server does not say, which means all
     * @param filter a condition on its rows; empty if there is none
     */
    record Table(List<String> columns, String filter) {}

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

    boolean holds(String table) {
        return tables.containsKey(table);
    }
}
