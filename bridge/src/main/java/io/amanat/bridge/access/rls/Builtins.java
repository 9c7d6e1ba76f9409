package io.amanat.bridge.access.rls;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** PostgreSQL's own functions and types, told apart from everybody else's by number. */
final class Builtins {

    /** Numbers from here on belong to what was made in the database. */
    private static final long FIRST_OF_OTHERS = 16_384;

    private static final String FOREIGN = """
            SELECT p.oid, p.oid < %d AND p.provolatile = 'i' AND p.pronamespace = 'pg_catalog'::regnamespace AS plain
            FROM pg_proc p
            WHERE p.oid = ANY (?) OR p.oid IN (SELECT o.oprcode FROM pg_operator o WHERE o.oid = ANY (?))""".formatted(FIRST_OF_OTHERS);

    /** Types that are printed and read in one way, whatever the session has set. */
    private static final String SPELLED = """
            SELECT count(*) FROM pg_type t
            WHERE t.oid = ANY (?) AND t.typtype <> 'e' AND t.oid <> ALL (ARRAY[
              'bool', 'int2', 'int4', 'int8', 'text', 'varchar', 'bpchar', 'name', 'numeric', 'uuid', 'json', 'jsonb', 'oid', 'unknown',
              'bool[]', 'int2[]', 'int4[]', 'int8[]', 'text[]', 'varchar[]', 'numeric[]', 'uuid[]']::regtype[]::oid[])""";

    private final Connection connection;

    Builtins(Connection connection) {
        this.connection = connection;
    }

    /** The functions of {@code current_setting}. */
    Set<Long> settings() throws SQLException {
        try (var query = connection.prepareStatement("SELECT p.oid FROM pg_proc p"
                + " WHERE p.proname = 'current_setting' AND p.pronamespace = 'pg_catalog'::regnamespace")) {
            return numbers(query.executeQuery());
        }
    }

    /** The functions of an expression that are not PostgreSQL's own, or do not always give the same for the same. */
    Set<Long> foreign(Tree tree) throws SQLException, Unfit {
        try (var query = connection.prepareStatement(FOREIGN)) {
            query.setArray(1, connection.createArrayOf("oid", tree.functions().toArray()));
            query.setArray(2, connection.createArrayOf("oid", tree.operators().toArray()));
            var foreign = new HashSet<Long>();
            var found = new HashSet<Long>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                    if (!rows.getBoolean(2)) {
                        foreign.add(rows.getLong(1));
                    }
                }
            }
            if (!found.containsAll(tree.functions())) {
                throw new Unfit("a policy calls what does not exist");
            }
            foreign.removeAll(settings());
            return foreign;
        }
    }

    void checkTypes(Set<Long> types) throws SQLException, Unfit {
        try (var query = connection.prepareStatement(SPELLED)) {
            query.setArray(1, connection.createArrayOf("oid", types.toArray()));
            try (var row = query.executeQuery()) {
                if (!row.next() || row.getLong(1) > 0) {
                    throw new Unfit(
                            "a policy makes text of values, or values of text, as the session's settings have it");
                }
            }
        }
    }

    private static Set<Long> numbers(java.sql.ResultSet rows) throws SQLException {
        try (rows) {
            var numbers = new HashSet<Long>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        }
    }
}
