package io.amanat.connector.source.wal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** What a server says of itself on a connection for replication. */
final class Identity {

    private Identity() {}

    static Start.Server of(Connection replication) throws SQLException {
        try (var statement = replication.createStatement()) {
            var row = statement.executeQuery("IDENTIFY_SYSTEM");
            row.next();
            var system = row.getString("systemid");
            var timeline = row.getString("timeline");
            var end = Lsn.parse(row.getString("xlogpos"));
            var incarnation = "%s/%s/%s".formatted(system, timeline, database(replication));
            return new Start.Server(incarnation, end);
        }
    }

    private static long database(Connection replication) throws SQLException {
        try (var statement = replication.createStatement()) {
            var row =
                    statement.executeQuery("SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()");
            row.next();
            return row.getLong(1);
        }
    }

    /** How long the server waits for a word of ours; it asks for one after half of that. Empty if for ever. */
    static Optional<Duration> silence(Connection replication) throws SQLException {
        try (var statement = replication.createStatement()) {
            var row = statement.executeQuery(
                    "SELECT setting FROM pg_catalog.pg_settings WHERE name = 'wal_sender_timeout'");
            long millis = row.next() ? row.getLong(1) : 0;
            return millis > 0 ? Optional.of(Duration.ofMillis(millis)) : Optional.empty();
        }
    }
}
