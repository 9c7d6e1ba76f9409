package io.amanat.bridge.app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.amanat.connector.source.wal.Postgres;
import io.amanat.connector.source.wal.PostgresSettings;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections to PostgreSQL that are used again. Starts while PostgreSQL is away. */
final class PostgresPool {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private PostgresPool() {}

    /**
     * A pool of its own.
     *
     * @param name in PostgreSQL's list of connections
     * @param most connections at a time
     * @param longest a statement may take; a connection that says nothing for so long is given up a little later
     */
    static HikariDataSource of(PostgresSettings settings, String name, int most, Duration longest) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(new Opened(new Postgres(settings, longest.plus(PATIENCE)), name));
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** Opens a connection for each that is asked for. */
    private record Opened(Postgres postgres, String name) implements DataSource {

        @Override
        public Connection getConnection() throws SQLException {
            return postgres.statements(name);
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            throw new SQLFeatureNotSupportedException("the role is set in the settings");
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public void setLogWriter(PrintWriter out) throws SQLException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public void setLoginTimeout(int seconds) {
            // each connection has its own, from the settings
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
