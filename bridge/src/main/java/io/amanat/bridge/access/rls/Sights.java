package io.amanat.bridge.access.rls;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How sight is found out for every published table and role, read once and kept until rights change. Used by one thread. */
final class Sights {

    private static final Logger LOG = LoggerFactory.getLogger(Sights.class);

    /**
     * Tables that the bodies of a policy's own functions name, and those of the functions that these name; and those that it selects
     * from, with what their views and policies select from.
     */
    private static final String MENTIONED = """
            WITH RECURSIVE called(oid) AS (
              SELECT p.oid FROM pg_proc p WHERE p.oid = ANY (?) AND p.pronamespace <> 'pg_catalog'::regnamespace
              UNION
              SELECT n.oid FROM called c JOIN pg_proc p ON p.oid = c.oid
                JOIN pg_proc n ON n.pronamespace <> 'pg_catalog'::regnamespace AND position(n.proname IN p.prosrc) > 0),
            looked(oid) AS (
              SELECT unnest(?::oid[])
              UNION
              SELECT d.refobjid FROM looked l JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND (
                d.classid = 'pg_rewrite'::regclass AND d.objid IN (SELECT r.oid FROM pg_rewrite r WHERE r.ev_class = l.oid)
                OR d.classid = 'pg_policy'::regclass AND d.objid IN (SELECT o.oid FROM pg_policy o WHERE o.polrelid = l.oid)))
            SELECT DISTINCT t.schemaname, t.tablename FROM called c JOIN pg_proc p ON p.oid = c.oid
            JOIN pg_publication_tables t ON t.pubname = ? AND (position(t.tablename IN p.prosrc) > 0 OR p.prosqlbody IS NOT NULL)
            UNION
            SELECT n.nspname, c.relname FROM looked JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace""";

    /** Which table, for viewers of which role. */
    record Of(String table, String role) {}

    private final DataSource connections;
    private final String publication;
    private final Duration timeout;
    private final Map<Of, Sight> known = new HashMap<>();
    private final Set<Of> distrusted = new HashSet<>();
    private Set<String> published = Set.of();

    Sights(DataSource connections, String publication, Duration timeout) {
        this.connections = connections;
        this.publication = publication;
        this.timeout = timeout;
    }

    Sight of(String table, String role) throws VisibilityException {
        all(Set.of(role));
        var of = new Of(table, role);
        if (!known.containsKey(of)) {
            read(List.of(of));
        }
        return known.getOrDefault(
                of, new Sight(new Ruling.Refused("there is no such table"), Optional.empty(), Map.of(), false));
    }

    /** All there is to know for viewers of these roles. */
    Map<Of, Sight> all(Set<String> roles) throws VisibilityException {
        var missing = new HashSet<Of>();
        if (published.isEmpty()) {
            published = tables();
        }
        for (var table : published) {
            for (var role : roles) {
                missing.add(new Of(table, role));
            }
        }
        missing.removeAll(known.keySet());
        if (!missing.isEmpty()) {
            read(List.copyOf(missing));
        }
        return known;
    }

    /** Asks one by one from now on, whatever the policies are: the other way gave a wrong answer. */
    void distrust(String table, String role) {
        distrusted.add(new Of(table, role));
        known.computeIfPresent(new Of(table, role), (of, sight) -> sight.oneByOne());
    }

    /** Tables and roles that were asked about. */
    Set<Of> known() {
        return Set.copyOf(known.keySet());
    }

    /** Tables and roles whose viewers are asked one by one. */
    Set<Of> oneByOne() {
        var slow = new HashSet<Of>();
        known.forEach((of, sight) -> {
            if (sight.ruling() instanceof Ruling.Policed && sight.together().isEmpty()) {
                slow.add(of);
            }
        });
        return slow;
    }

    void forget() {
        known.clear();
        published = Set.of();
    }

    private Set<String> tables() throws VisibilityException {
        return asked(connection -> {
            var tables = new HashSet<String>();
            try (var query = connection.prepareStatement(
                    "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?")) {
                query.setString(1, publication);
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        tables.add(new TableName(rows.getString(1), rows.getString(2)).toString());
                    }
                }
            }
            return tables;
        });
    }

    private void read(List<Of> which) throws VisibilityException {
        known.putAll(asked(connection -> {
            var sights = new HashMap<Of, Sight>();
            for (var of : which) {
                sights.put(of, read(connection, of));
            }
            return sights;
        }));
    }

    private Sight read(Connection connection, Of of) throws SQLException {
        var ruling = Policies.read(connection, TableName.of(of.table()), of.role());
        if (!(ruling instanceof Ruling.Policed policed)) {
            return new Sight(ruling, Optional.empty(), Map.of(), false);
        }
        try {
            if (distrusted.contains(of)) {
                throw new Unfit("it gave a wrong answer");
            }
            var result = new Rewriter(connection, of.role(), publication).rewrite(policed);
            return new Sight(ruling, Optional.of(result.together()), result.looked(), result.published());
        } catch (Unfit e) {
            LOG.warn("{}: viewers of role {} are asked one by one: {}", of.table(), of.role(), e.getMessage());
            return new Sight(ruling, Optional.empty(), mentioned(connection, policed), false);
        }
    }

    private Map<String, Looked> mentioned(Connection connection, Ruling.Policed policed) throws SQLException {
        var functions = new HashSet<Long>();
        var tables = new HashSet<Long>();
        for (var policy : policed.policies()) {
            functions.addAll(new Tree(policy.tree()).functions());
            tables.addAll(new Tree(policy.tree()).tables());
        }
        var looked = new HashMap<String, Looked>();
        try (var query = connection.prepareStatement(MENTIONED)) {
            query.setArray(1, connection.createArrayOf("oid", functions.toArray()));
            query.setArray(2, connection.createArrayOf("oid", tables.toArray()));
            query.setString(3, publication);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    looked.put(new TableName(rows.getString(1), rows.getString(2)).toString(), Looked.SOMEHOW);
                }
            }
        }
        return looked;
    }

    private <T> T asked(AsViewer.Work<T> work) throws VisibilityException {
        try (var connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            AsViewer.limit(connection, "", timeout);
            var answer = work.on(connection);
            connection.rollback();
            return answer;
        } catch (SQLException e) {
            throw new VisibilityException("the policies could not be read", e);
        }
    }
}
