package io.amanat.bridge.app;

import io.amanat.bridge.identity.RoleSecurity;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks PostgreSQL what row-level security is to a role. Safe to share. */
final class RolesPastPolicies implements Function<String, RoleSecurity> {

    private static final Logger LOG = LoggerFactory.getLogger(RolesPastPolicies.class);

    /** PostgreSQL tells nobody when the attributes of a role change. */
    private static final Duration BELIEVED = Duration.ofSeconds(30);

    /** All pages come back at once while it is away: they do not each wait for it. */
    private static final Duration AWAY = Duration.ofSeconds(1);

    private final DataSource connections;
    private final LongSupplier nanos;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(RoleSecurity security, long at) {

        boolean holds(long now) {
            return now - at < (security == RoleSecurity.UNKNOWN ? AWAY : BELIEVED).toNanos();
        }
    }

    RolesPastPolicies(DataSource connections, LongSupplier nanos) {
        this.connections = connections;
        this.nanos = nanos;
    }

    @Override
    public RoleSecurity apply(String role) {
        var known = answers.get(role);
        if (known != null && known.holds(nanos.getAsLong())) {
            return known.security();
        }
        try {
            long at = nanos.getAsLong();
            var security = ask(role);
            answers.put(role, new Answer(security, at));
            return security;
        } catch (SQLException e) {
            say(role, e, answers.put(role, new Answer(RoleSecurity.UNKNOWN, nanos.getAsLong())));
            return RoleSecurity.UNKNOWN;
        }
    }

    private static void say(String role, SQLException e, @Nullable Answer before) {
        if (before == null || before.security() != RoleSecurity.UNKNOWN) {
            LOG.warn(
                    "whether policies hold for the role {} cannot be asked; nobody comes in with it until it can: {}",
                    role,
                    e.getMessage());
        }
    }

    private RoleSecurity ask(String role) throws SQLException {
        try (var connection = connections.getConnection();
                var query = connection.prepareStatement(
                        "SELECT rolsuper OR rolbypassrls FROM pg_catalog.pg_roles WHERE rolname = ?")) {
            query.setString(1, role);
            try (var rows = query.executeQuery()) {
                return !rows.next() || rows.getBoolean(1) ? RoleSecurity.BYPASSED : RoleSecurity.HELD;
            }
        }
    }
}
