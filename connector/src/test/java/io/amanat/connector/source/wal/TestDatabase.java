package io.amanat.connector.source.wal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A database of the tests' own. */
public record TestDatabase(PostgresSettings settings) {

    public static final String SLOT = "amanat_test";
    public static final String PUBLICATION = "amanat";

    /** Patience for tests: no waiting where it can be helped. */
    public WalSettings wal() {
        return new WalSettings(
                settings,
                SLOT + "_" + settings.database(),
                PUBLICATION,
                Duration.ofSeconds(20),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                1024 * 1024);
    }

    public TestDatabase published() {
        run("CREATE PUBLICATION amanat FOR TABLE bus_bus (id, create_uid, channel, message)"
                + " WHERE (channel LIKE '%\"realtime_updates\"%') WITH (publish = 'insert')");
        return this;
    }

    public Connection connect() {
        try {
            return new Postgres(settings, Duration.ofSeconds(30)).statements("amanat-test");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void run(String sql) {
        try (var connection = connect()) {
            TestPostgres.run(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A transaction that stays open until it is committed or rolled back. */
    public Open begin() {
        try {
            var connection = connect();
            connection.setAutoCommit(false);
            return new Open(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An open transaction. */
    public record Open(Connection connection) implements AutoCloseable {

        public Open run(String sql) {
            try {
                TestPostgres.run(connection, sql);
                return this;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        public void commit() {
            try {
                connection.commit();
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        public void rollback() {
            try {
                connection.rollback();
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
