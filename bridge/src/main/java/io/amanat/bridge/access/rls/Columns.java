package io.amanat.bridge.access.rls;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;

/** Which columns of a table a role may read: the column privileges of PostgreSQL. Shared; remembers nothing. */
public final class Columns {

    private final DataSource connections;

    public Columns(DataSource connections) {
        this.connections = connections;
    }

    /**
     * The columns that {@code role} may read; none when there is no such table or role, or when the role may not enter the schema.
     *
     * @param table as {@code TableShape} names it
     */
    public Set<String> readable(String table, String role) throws SQLException {
        try (var connection = connections.getConnection();
                var query = connection.prepareStatement("""
                        SELECT a.attname
                        FROM pg_catalog.pg_class c
                        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
                        JOIN pg_catalog.pg_roles r ON r.rolname = ?
                        WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
                          AND pg_catalog.has_schema_privilege(r.oid, n.oid, 'USAGE')
                          AND pg_catalog.has_column_privilege(r.oid, c.oid, a.attnum, 'SELECT')""")) {
            var name = TableName.of(table);
            query.setString(1, role);
            query.setString(2, name.schema());
            query.setString(3, name.table());
            try (var rows = query.executeQuery()) {
                var columns = new HashSet<String>();
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
                return columns;
            }
        }
    }
}
