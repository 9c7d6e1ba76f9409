package io.amanat.bridge.access.rls;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's catalogue says about who may see rows of a table, read for one role. */
final class Policies {

    private static final String TABLE = """
            SELECT c.oid, c.relkind IN ('r', 'p') AS stored, c.relrowsecurity,
              r.rolsuper OR r.rolbypassrls AS unheld,
              pg_has_role(r.oid, c.relowner, 'USAGE') AS owner,
              has_schema_privilege(r.oid, c.relnamespace, 'USAGE')
                AND has_any_column_privilege(r.oid, c.oid, 'SELECT') AS reads
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_roles r ON r.rolname = ?
            WHERE n.nspname = ? AND c.relname = ?""";

    private static final String POLICIES = """
            SELECT p.oid, p.polpermissive, pg_get_expr(p.polqual, p.polrelid), p.polqual::text
            FROM pg_policy p
            WHERE p.polrelid = ? AND p.polcmd IN ('r', '*') AND p.polqual IS NOT NULL
              AND EXISTS (SELECT 1 FROM unnest(p.polroles) AS whom(oid)
                WHERE whom.oid = 0 OR pg_has_role(?::name, whom.oid, 'USAGE'))
            ORDER BY p.polname""";

    private static final String COLUMNS = """
            SELECT a.attname, EXISTS (
              WITH RECURSIVE within(oid) AS (
                SELECT a.atttypid
                UNION
                SELECT CASE WHEN y.typtype = 'd' THEN y.typbasetype ELSE y.typelem END FROM within w
                  JOIN pg_type y ON y.oid = w.oid WHERE y.typtype = 'd' OR y.typcategory = 'A')
              SELECT 1 FROM within WHERE oid IN ('json'::regtype, 'jsonb'::regtype))
            FROM pg_attribute a
            WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
              AND (? OR EXISTS (SELECT 1 FROM pg_depend d
                WHERE d.classid = 'pg_policy'::regclass AND d.objid = ANY (?)
                  AND d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum))""";

    private Policies() {}

    /**
     * Reads what holds for this role. The search path of the connection is empty: only then does every name in a policy's text say
     * its schema.
     */
    static Ruling read(Connection connection, TableName table, String role) throws SQLException {
        try (var query = connection.prepareStatement(TABLE)) {
            query.setString(1, role);
            query.setString(2, table.schema());
            query.setString(3, table.table());
            try (var row = query.executeQuery()) {
                if (!row.next() || !row.getBoolean("stored")) {
                    return new Ruling.Refused("there is no table " + table);
                }
                if (row.getObject("unheld") == null) {
                    return new Ruling.Nobody("there is no such role");
                }
                if (!row.getBoolean("relrowsecurity")) {
                    return new Ruling.Refused("row-level security is off for " + table);
                }
                if (row.getBoolean("unheld") || row.getBoolean("owner")) {
                    return new Ruling.Refused("no policy of %s holds for the role".formatted(table));
                }
                if (!row.getBoolean("reads")) {
                    return new Ruling.Nobody("the role may not read it");
                }
                return policed(connection, table, row.getLong("oid"), role);
            }
        }
    }

    private static Ruling policed(Connection connection, TableName table, long oid, String role) throws SQLException {
        var policies = policies(connection, oid, role);
        if (policies.stream().noneMatch(Policy::permissive)) {
            return new Ruling.Nobody("no policy lets the role see anything");
        }
        return new Ruling.Policed(table, oid, policies, columns(connection, oid, policies));
    }

    /** The columns that these policies look at: whether each holds JSON, itself or in a list, by its name. */
    private static Map<String, Boolean> columns(Connection connection, long table, List<Policy> policies)
            throws SQLException {
        try (var query = connection.prepareStatement(COLUMNS)) {
            query.setLong(1, table);
            query.setBoolean(2, policies.stream().anyMatch(Policy::looksAtWholeRows));
            query.setArray(
                    3,
                    connection.createArrayOf(
                            "oid", policies.stream().map(Policy::oid).toArray()));
            try (var rows = query.executeQuery()) {
                var columns = new TreeMap<String, Boolean>();
                while (rows.next()) {
                    columns.put(text(rows.getString(1)), rows.getBoolean(2));
                }
                return columns;
            }
        }
    }

    static List<Policy> policies(Connection connection, long table, String role) throws SQLException {
        try (var query = connection.prepareStatement(POLICIES)) {
            query.setLong(1, table);
            query.setString(2, role);
            try (var rows = query.executeQuery()) {
                var policies = new ArrayList<Policy>();
                while (rows.next()) {
                    policies.add(new Policy(
                            rows.getLong(1), rows.getBoolean(2), text(rows.getString(3)), text(rows.getString(4))));
                }
                return policies;
            }
        }
    }

    private static String text(@Nullable String value) {
        if (value == null) {
            throw new IllegalStateException("a policy has no text");
        }
        return value;
    }
}
