package io.amanat.connector.source.tables;

import io.amanat.connector.source.tables.TableReport.Outfit;
import io.amanat.connector.source.tables.TableReport.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a database what {@link TableReport} tells. */
final class ReportReader {

    /** The table of the writes that were done. */
    static final String OPERATION = "amanat.operation";

    /** What is published, or else what is under row-level security; in the bridge's own schema nothing. */
    private static final String USUAL = """
            WITH published AS (
                SELECT c.oid FROM pg_catalog.pg_publication_tables p
                JOIN pg_catalog.pg_namespace n ON n.nspname = p.schemaname
                JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
                WHERE p.pubname = ? AND p.schemaname <> 'amanat')
            SELECT oid::bigint FROM published
            UNION ALL
            SELECT c.oid::bigint FROM pg_catalog.pg_class c
            WHERE NOT EXISTS (SELECT FROM published) AND c.relkind = 'r' AND c.relrowsecurity
              AND c.relnamespace = 'public'::regnamespace
            """;

    /** Tables that policies name, and those that their own policies name, and so on. */
    private static final String RULES = """
            WITH RECURSIVE looked (oid, named) AS (
                SELECT unnest(?::oid[]), false
                UNION
                SELECT d.refobjid, true FROM looked l
                JOIN pg_catalog.pg_policy p ON p.polrelid = l.oid
                JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_policy'::regclass AND d.objid = p.oid
                     AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid <> l.oid)
            SELECT DISTINCT l.oid::bigint FROM looked l JOIN pg_catalog.pg_class c ON c.oid = l.oid
            WHERE l.named AND c.relkind IN ('r', 'p')
            """;

    private final Connection connection;

    ReportReader(Connection connection) {
        this.connection = connection;
    }

    List<Long> usual(String publication) throws SQLException {
        try (var statement = connection.prepareStatement(USUAL)) {
            statement.setString(1, publication);
            return numbers(statement);
        }
    }

    /** Of tables as clients name them; those that do not exist are added to {@code missing}. */
    List<Long> oids(List<String> names, List<String> missing) throws SQLException {
        var oids = new ArrayList<Long>();
        try (var statement = connection.prepareStatement("SELECT to_regclass(?)::oid::bigint")) {
            for (var name : names) {
                statement.setString(1, TableReport.quoted(name.contains(".") ? name : "public." + name));
                var row = statement.executeQuery();
                row.next();
                long oid = row.getLong(1);
                if (row.wasNull()) {
                    missing.add(name);
                } else {
                    oids.add(oid);
                }
            }
        }
        return oids;
    }

    List<Long> rules(List<Long> tables) throws SQLException {
        try (var statement = connection.prepareStatement(RULES)) {
            statement.setArray(1, connection.createArrayOf("bigint", tables.toArray()));
            return numbers(statement);
        }
    }

    private static List<Long> numbers(PreparedStatement statement) throws SQLException {
        var row = statement.executeQuery();
        var numbers = new ArrayList<Long>();
        while (row.next()) {
            numbers.add(row.getLong(1));
        }
        return numbers;
    }

    /** Whether a role may read all rows of tables: with the privilege, and with a policy for it where there are policies. */
    Map<String, Boolean> readable(List<FoundTable> tables, String role) throws SQLException {
        var readable = new HashMap<String, Boolean>();
        try (var statement = connection.prepareStatement("""
                SELECT has_table_privilege(r.oid, c.oid, 'SELECT') AND (NOT c.relrowsecurity OR r.rolbypassrls OR EXISTS (
                    SELECT FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive
                    AND p.polcmd IN ('r', '*') AND r.oid = ANY (p.polroles)
                    AND pg_catalog.pg_get_expr(p.polqual, p.polrelid) = 'true'))
                FROM pg_catalog.pg_roles r, pg_catalog.pg_class c
                WHERE r.rolname = ? AND c.oid = to_regclass(?)
                """)) {
            for (var table : tables) {
                statement.setString(1, role);
                statement.setString(2, table.quoted());
                var row = statement.executeQuery();
                readable.put(table.shown(), row.next() && row.getBoolean(1));
            }
        }
        return readable;
    }

    Optional<Role> role(String name) throws SQLException {
        try (var statement = connection.prepareStatement("""
                SELECT r.rolreplication OR r.rolsuper, r.rolsuper OR r.rolbypassrls,
                       ARRAY(SELECT m.rolname::text FROM pg_catalog.pg_roles m
                             WHERE m.oid <> r.oid AND pg_has_role(r.oid, m.oid, 'MEMBER'))
                FROM pg_catalog.pg_roles r WHERE r.rolname = ?
                """)) {
            statement.setString(1, name);
            var row = statement.executeQuery();
            return row.next()
                    ? Optional.of(new Role(row.getBoolean(1), row.getBoolean(2), List.of((String[])
                            row.getArray(3).getArray())))
                    : Optional.empty();
        }
    }

    Outfit outfit() throws SQLException {
        try (var statement = connection.createStatement()) {
            var row = statement.executeQuery(
                    "SELECT to_regclass('" + OPERATION + "') IS NOT NULL,"
                            + " EXISTS (SELECT FROM pg_catalog.pg_event_trigger WHERE evtname = 'amanat_rights' AND evtenabled <> 'D')");
            row.next();
            return new Outfit(row.getBoolean(1), row.getBoolean(2));
        }
    }
}
