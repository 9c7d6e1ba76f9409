package io.amanat.connector.source.wal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens connections to PostgreSQL. */
public final class Postgres {

    private static final Driver DRIVER = new Driver();

    private final PostgresSettings settings;
    private final Duration patience;

    /** @param patience longest wait for any answer while connecting, and of a connection for statements */
    public Postgres(PostgresSettings settings, Duration patience) {
        this.settings = settings;
        this.patience = patience;
    }

    /** For statements. */
    public Connection statements(String application) throws SQLException {
        var properties = properties(application);
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds(patience));
        return connect(properties);
    }

    /** For replication: it waits for the server as long as it takes, once it is connected. */
    Connection replication(String application, String options) throws SQLException {
        var properties = properties(application);
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "10");
        PGProperty.OPTIONS.set(properties, options);
        PGProperty.SOCKET_FACTORY.set(properties, GatheringSockets.class.getName());
        return connect(properties);
    }

    private Connection connect(Properties properties) throws SQLException {
        var connection = DRIVER.connect("jdbc:postgresql://", properties);
        if (connection == null) {
            throw new SQLException("the driver knows no such address");
        }
        return connection;
    }

    private Properties properties(String application) {
        var properties = new Properties();
        PGProperty.PG_HOST.set(properties, settings.host());
        PGProperty.PG_PORT.set(properties, settings.port());
        PGProperty.PG_DBNAME.set(properties, settings.database());
        PGProperty.USER.set(properties, settings.user());
        if (!settings.password().isEmpty()) {
            PGProperty.PASSWORD.set(properties, settings.password().reveal());
        }
        PGProperty.APPLICATION_NAME.set(properties, application);
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds(patience));
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds(patience));
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
        protect(properties);
        return properties;
    }

    private void protect(Properties properties) {
        var mode = settings.sslMode();
        PGProperty.SSL_MODE.set(properties, mode.word());
        if (!mode.knowsTheServer()) {
            PGProperty.REQUIRE_AUTH.set(properties, "!password");
            return;
        }
        settings.rootCertificate()
                .ifPresentOrElse(
                        file -> PGProperty.SSL_ROOT_CERT.set(properties, file.toString()),
                        () -> PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory"));
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(Math.max(1, duration.toSeconds()));
    }
}
