package io.amanat.bridge.app;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which roles PostgreSQL asks no policy for. What cannot be said counts as such a role. Safe to share. */
final class RolesPastPolicies implements Predicate<String> {

    private static final Logger LOG = LoggerFactory.getLogger(RolesPastPolicies.class);

    /** PostgreSQL tells nobody when the attributes of a role change. */
    private static final Duration BELIEVED = Duration.ofSeconds(30);

    private final DataSource connections;
    private final LongSupplier nanos;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(boolean bypasses, long at) {}

    RolesPastPolicies(DataSource connections, LongSupplier nanos) {
        this.connections = connections;
        this.nanos = nanos;
    }

    /** Asked only of roles that the settings name. */
    @Override
    public boolean test(String role) {
        var known = answers.get(role);
        if (known != null && nanos.getAsLong() - known.at() < BELIEVED.toNanos()) {
            return known.bypasses();
        }
        try {
            long at = nanos.getAsLong();
            boolean bypasses = ask(role);
            answers.put(role, new Answer(bypasses, at));
            return bypasses;
        } catch (SQLException e) {
            LOG.warn(
                    "whether policies hold for the role {} cannot be asked; its tokens are refused: {}",
                    role,
                    e.getMessage());
            return true;
        }
    }

    private boolean ask(String role) throws SQLException {
        try (var connection = connections.getConnection();
                var query = connection.prepareStatement(
                        "SELECT rolsuper OR rolbypassrls FROM pg_catalog.pg_roles WHERE rolname = ?")) {
            query.setString(1, role);
            try (var rows = query.executeQuery()) {
                return !rows.next() || rows.getBoolean(1);
            }
        }
    }
}
