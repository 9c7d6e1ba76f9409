package io.amanat.bridge.access.rls;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** What decides about tables and roles, read once and kept until rights change. Used by one thread. */
final class Rulings {

    private record Of(String table, String role) {}

    private final DataSource connections;
    private final Duration timeout;
    private final Map<Of, Ruling> known = new HashMap<>();

    Rulings(DataSource connections, Duration timeout) {
        this.connections = connections;
        this.timeout = timeout;
    }

    Ruling of(String table, String role) throws VisibilityException {
        var of = new Of(table, role);
        var ruling = known.get(of);
        if (ruling == null) {
            ruling = read(of);
            known.put(of, ruling);
        }
        return ruling;
    }

    void forget() {
        known.clear();
    }

    private Ruling read(Of of) throws VisibilityException {
        try (var connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            AsViewer.limit(connection, "", timeout);
            var ruling = Policies.read(connection, TableName.of(of.table()), of.role());
            connection.rollback();
            return ruling;
        } catch (SQLException e) {
            throw new VisibilityException("the policies of %s could not be read".formatted(of.table()), e);
        }
    }
}
