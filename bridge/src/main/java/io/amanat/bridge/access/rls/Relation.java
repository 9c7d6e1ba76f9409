package io.amanat.bridge.access.rls;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A table that a policy selects from, as far as it matters for asking on behalf of others.
 *
 * @param call its name as PostgreSQL prints it: schema, dot, name
 * @param own its own policies, if row-level security holds for the role that is asked for
 * @param columns those that the policy or its own policies look at; empty when none is named
 * @param exact those of them whose equality is the equality of what is printed
 * @param published whether the log says everything about it
 */
record Relation(
        TableName name,
        List<String> call,
        Optional<List<Policy>> own,
        Set<String> columns,
        Set<String> exact,
        boolean published) {

    private static final String RELATION = """
            SELECT n.nspname, c.relname, quote_ident(n.nspname) AS schema, quote_ident(c.relname) AS name,
              c.relkind = 'r' AND c.relpersistence = 'p' AND NOT c.relispartition AND NOT c.relhassubclass AS plain,
              c.relrowsecurity AND NOT r.rolsuper AND NOT r.rolbypassrls
                AND (c.relforcerowsecurity OR NOT pg_has_role(r.oid, c.relowner, 'USAGE')) AS policed,
              has_table_privilege(c.oid, 'SELECT') AND (NOT row_security_active(c.oid) OR (
                EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('r', '*')
                  AND pg_get_expr(p.polqual, p.polrelid) = 'true'
                  AND EXISTS (SELECT 1 FROM unnest(p.polroles) AS whom(oid)
                    WHERE whom.oid = 0 OR pg_has_role(whom.oid, 'USAGE')))
                AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive))) AS open,
              has_table_privilege(r.oid, c.oid, 'SELECT') AS readable,
              has_any_column_privilege(r.oid, c.oid, 'SELECT') AS partly,
              c.relreplident = 'f' AND EXISTS (SELECT 1 FROM pg_publication p
                LEFT JOIN pg_publication_rel pr ON pr.prpubid = p.oid AND pr.prrelid = c.oid
                WHERE p.pubname = ? AND p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate
                  AND (p.puballtables OR pr.oid IS NOT NULL AND pr.prqual IS NULL AND pr.prattrs IS NULL)) AS published
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_roles r
            WHERE c.oid = ? AND r.rolname = ?""";

    private static final String COLUMNS = """
            SELECT a.attname, d.objid <> ? OR has_column_privilege(?::name, a.attrelid, a.attnum, 'SELECT'),
              a.atttypid IN ('uuid'::regtype, 'int2'::regtype, 'int4'::regtype, 'int8'::regtype)
                OR (a.atttypid = 'text'::regtype AND coalesce(l.collisdeterministic, true))
            FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            LEFT JOIN pg_collation l ON l.oid = a.attcollation
            WHERE d.classid = 'pg_policy'::regclass AND d.objid = ANY (?) AND d.refclassid = 'pg_class'::regclass
              AND d.refobjid = ? AND d.refobjsubid > 0""";

    /** Reads it as a policy looks at it; refuses what cannot be asked on behalf of the role. */
    static Relation read(Connection connection, long oid, Policy policy, String role, String publication)
            throws SQLException, Unfit {
        try (var query = connection.prepareStatement(RELATION)) {
            query.setString(1, publication);
            query.setLong(2, oid);
            query.setString(3, role);
            try (var row = query.executeQuery()) {
                if (!row.next() || !row.getBoolean("plain")) {
                    throw new Unfit("a policy selects from something that is no plain table");
                }
                var name = new TableName(row.getString("nspname"), row.getString("relname"));
                if (!row.getBoolean("open")) {
                    throw new Unfit("the bridge may not read all of " + name);
                }
                var columns = new HashSet<String>();
                var exact = new HashSet<String>();
                var own = row.getBoolean("policed")
                        ? Optional.of(Policies.policies(connection, oid, role))
                        : Optional.<List<Policy>>empty();
                boolean allowed = columns(connection, oid, policy, own.orElse(List.of()), role, columns, exact);
                if (!row.getBoolean("readable") && !(row.getBoolean("partly") && allowed)) {
                    throw new Unfit("the role may not read " + name);
                }
                var call = List.of(row.getString("schema"), ".", row.getString("name"));
                return new Relation(name, call, own, columns, exact, row.getBoolean("published"));
            }
        }
    }

    /** @return whether the role may read all that the policy looks at; PostgreSQL does not ask that of the table's own policies */
    private static boolean columns(
            Connection connection,
            long oid,
            Policy policy,
            List<Policy> own,
            String role,
            Set<String> columns,
            Set<String> exact)
            throws SQLException {
        boolean allowed = true;
        try (var query = connection.prepareStatement(COLUMNS)) {
            query.setLong(1, policy.oid());
            query.setString(2, role);
            query.setArray(
                    3,
                    connection.createArrayOf(
                            "oid",
                            Stream.concat(Stream.of(policy), own.stream())
                                    .map(Policy::oid)
                                    .toArray()));
            query.setLong(4, oid);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                    allowed &= rows.getBoolean(2);
                    if (rows.getBoolean(3)) {
                        exact.add(rows.getString(1));
                    }
                }
            }
        }
        return allowed;
    }
}
