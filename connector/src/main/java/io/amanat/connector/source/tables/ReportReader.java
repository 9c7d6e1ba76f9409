package io.amanat.connector.source.tables;

import io.amanat.connector.source.tables.TableReport.Outfit;
import io.amanat.connector.source.tables.TableReport.Role;
import io.amanat.connector.source.tables.TableReport.Sight;
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

    /** A table by its schema and name; unlike to_regclass it needs no right to the schema. */
    private static final String NAMED = """
            SELECT c.oid::bigint FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ?
            """;

    private static final String UNPUBLISHED = """
            SELECT c.relname::text FROM pg_catalog.pg_class c
            WHERE c.relkind = 'r' AND c.relrowsecurity AND c.relnamespace = 'public'::regnamespace AND c.oid::bigint <> ALL (?)
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_publication_tables p
                              WHERE p.pubname = ? AND p.schemaname = 'public' AND p.tablename = c.relname)
            ORDER BY 1
            """;

    /** Both of one role: what one may read and another's policy would show, nobody sees. */
    private static final String SIGHT = """
            SELECT count(*) > 0,
                   coalesce(bool_or(EXISTS (SELECT FROM pg_catalog.pg_policy p, unnest(p.polroles) one
                                            WHERE p.polrelid = r.of AND p.polpermissive AND p.polcmd IN ('r', '*')
                                              AND CASE one WHEN 0 THEN true ELSE pg_has_role(r.oid, one, 'USAGE') END)), false)
            FROM (SELECT r.oid, c.oid AS of
                  FROM pg_catalog.pg_roles r, pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                  WHERE r.rolname = ANY (?) AND n.nspname = ? AND c.relname = ?
                    AND has_schema_privilege(r.oid, n.oid, 'USAGE') AND has_any_column_privilege(r.oid, c.oid, 'SELECT')) r
            """;

    private static final String OUTFIT = """
            SELECT c.oid IS NOT NULL,
                   coalesce(has_schema_privilege(r.oid, c.relnamespace, 'USAGE')
                            AND has_table_privilege(r.oid, c.oid, 'SELECT') AND has_table_privilege(r.oid, c.oid, 'INSERT')
                            AND has_table_privilege(r.oid, c.oid, 'DELETE')
                            AND (r.rolbypassrls OR r.rolsuper
                                 OR EXISTS (SELECT FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive
                                            AND p.polcmd = '*' AND r.oid = ANY (p.polroles))), false),
                   EXISTS (SELECT FROM pg_catalog.pg_event_trigger WHERE evtname = 'amanat_rights' AND evtenabled <> 'D')
            FROM (SELECT ?::text AS role, ?::text AS schema, ?::text AS name) asked
            LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = asked.schema
            LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = asked.name
            LEFT JOIN pg_catalog.pg_roles r ON r.rolname = asked.role
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
        try (var statement = connection.prepareStatement(NAMED)) {
            for (var name : names) {
                int dot = name.indexOf('.');
                statement.setString(1, dot < 0 ? "public" : name.substring(0, dot));
                statement.setString(2, name.substring(dot + 1));
                var found = numbers(statement);
                if (found.isEmpty()) {
                    missing.add(name);
                }
                oids.addAll(found);
            }
        }
        return oids;
    }

    List<String> unpublished(String publication, List<Long> asked) throws SQLException {
        try (var statement = connection.prepareStatement(UNPUBLISHED)) {
            statement.setArray(1, connection.createArrayOf("bigint", asked.toArray()));
            statement.setString(2, publication);
            var row = statement.executeQuery();
            var names = new ArrayList<String>();
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        }
    }

    /** What lets viewers of these roles see rows of tables. */
    Map<String, Sight> sights(List<FoundTable> tables, List<String> roles) throws SQLException {
        var sights = new HashMap<String, Sight>();
        try (var statement = connection.prepareStatement(SIGHT)) {
            var all = connection.createArrayOf("text", roles.toArray());
            for (var table : tables) {
                statement.setArray(1, all);
                statement.setString(2, table.schema());
                statement.setString(3, table.name());
                var row = statement.executeQuery();
                if (row.next()) {
                    sights.put(table.shown(), new Sight(row.getBoolean(1), row.getBoolean(2)));
                }
            }
        }
        return sights;
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
                FROM pg_catalog.pg_roles r, pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE r.rolname = ? AND n.nspname = ? AND c.relname = ?
                """)) {
            for (var table : tables) {
                statement.setString(1, role);
                statement.setString(2, table.schema());
                statement.setString(3, table.name());
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
                    ? Optional.of(new Role(row.getBoolean(1), row.getBoolean(2), passwordless(name), List.of((String[])
                            row.getArray(3).getArray())))
                    : Optional.empty();
        }
    }

    /** Who has a password is told to superusers only. */
    private boolean passwordless(String role) throws SQLException {
        try (var may = connection.createStatement()) {
            var row = may.executeQuery("SELECT has_table_privilege('pg_catalog.pg_authid', 'SELECT')");
            if (!row.next() || !row.getBoolean(1)) {
                return false;
            }
        }
        try (var statement =
                connection.prepareStatement("SELECT rolpassword IS NULL FROM pg_catalog.pg_authid WHERE rolname = ?")) {
            statement.setString(1, role);
            var row = statement.executeQuery();
            return row.next() && row.getBoolean(1);
        }
    }

    Outfit outfit(String bridge) throws SQLException {
        try (var statement = connection.prepareStatement(OUTFIT)) {
            int dot = OPERATION.indexOf('.');
            statement.setString(1, bridge);
            statement.setString(2, OPERATION.substring(0, dot));
            statement.setString(3, OPERATION.substring(dot + 1));
            var row = statement.executeQuery();
            row.next();
            return new Outfit(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3));
        }
    }
}
