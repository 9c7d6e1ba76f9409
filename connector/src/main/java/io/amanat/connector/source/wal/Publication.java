package io.amanat.connector.source.wal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a database publishes under one name.
 *
 * @param operations of {@link Operation#ALL}, those of which it tells
 * @param tables by name with their schema
 */
public record Publication(Set<String> operations, Map<String, Table> tables) {
    public Publication {
        operations = Set.copyOf(operations);
        tables = Map.copyOf(tables);
    }

    /** What can be done to a table, in the words of a publication. */
    static final class Operation {
        static final String INSERT = "insert";
        static final List<String> ALL = List.of(INSERT, "update", "delete", "truncate");

        private Operation() {}
    }

    /** Since this version a publication may choose columns and rows. */
    static final int CHOOSY = 15;

    /**
     * One published table.
     *
     * @param columns empty if the server does not say, which means all
     * @param chosen whether it is some columns, now and when others are added
     * @param filter a condition on its rows; empty if there is none
     */
    public record Table(List<String> columns, boolean chosen, String filter) {

        /** Whether something of the table is left out. */
        boolean isPart() {
            return chosen || !filter.isEmpty();
        }
    }

    /** Whether it tells of everything that can be done to its tables. */
    public boolean isComplete() {
        return operations.containsAll(Operation.ALL);
    }

    /** Whether it holds only some columns or rows of a table. */
    public boolean isPart(String table) {
        var published = tables.get(table);
        return published != null && published.isPart();
    }

    static Optional<Publication> find(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pubinsert, pubupdate, pubdelete, pubtruncate"
                + " FROM pg_catalog.pg_publication WHERE pubname = ?")) {
            statement.setString(1, name);
            var row = statement.executeQuery();
            return row.next()
                    ? Optional.of(new Publication(operations(row), tables(connection, name)))
                    : Optional.empty();
        }
    }

    private static Set<String> operations(ResultSet row) throws SQLException {
        var operations = new HashSet<String>();
        for (int i = 0; i < Operation.ALL.size(); i++) {
            if (row.getBoolean(i + 1)) {
                operations.add(Operation.ALL.get(i));
            }
        }
        return operations;
    }

    private static Map<String, Table> tables(Connection connection, String name) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        var choice = version >= CHOOSY
                ? "attnames::text[], coalesce(rowfilter, ''), EXISTS (SELECT FROM pg_catalog.pg_publication_rel r"
                        + " JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid WHERE p.pubname = t.pubname"
                        + " AND r.prattrs IS NOT NULL"
                        + " AND r.prrelid = pg_catalog.to_regclass(format('%I.%I', t.schemaname, t.tablename)))"
                : "ARRAY[]::text[], '', false";
        try (var statement = connection.prepareStatement("SELECT schemaname || '.' || tablename, " + choice
                + " FROM pg_catalog.pg_publication_tables t WHERE pubname = ?")) {
            statement.setString(1, name);
            var row = statement.executeQuery();
            var tables = new HashMap<String, Table>();
            while (row.next()) {
                var columns = List.of((String[]) row.getArray(2).getArray());
                tables.put(row.getString(1), new Table(columns, row.getBoolean(4), row.getString(3)));
            }
            return tables;
        }
    }
}
