package io.amanat.connector.source.wal;

import io.amanat.connector.odoo.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL for the tests, one for the whole run, with a database for each test. */
public final class TestPostgres {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    private static final class Holder {
        static final EmbeddedPostgres SERVER = start();
    }

    /** Set up as an operator is told to. */
    public static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofSeconds(90))
                    .setServerConfig("wal_level", "logical")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_slot_wal_keep_size", "64MB")
                    .setServerConfig("max_replication_slots", "40")
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL does not start", e);
        }
    }

    /** A new database with Odoo's table of the bus, a publication of it, and a role that may replicate. */
    public static TestDatabase database() {
        return database(Holder.SERVER);
    }

    public static TestDatabase database(EmbeddedPostgres server) {
        var database = empty(server);
        database.run(
                "CREATE TABLE bus_bus (id serial PRIMARY KEY, create_uid int, create_date timestamp, write_uid int,"
                        + " write_date timestamp, channel varchar, message varchar)");
        return database;
    }

    /** A new database with nothing in it. */
    public static TestDatabase empty() {
        return empty(Holder.SERVER);
    }

    public static TestDatabase empty(EmbeddedPostgres server) {
        var name = "odoo_" + DATABASES.incrementAndGet();
        var settings = new PostgresSettings(
                "127.0.0.1", server.getPort(), name, "postgres", new Secret(""), SslMode.DISABLE, Optional.empty());
        try (var admin = server.getPostgresDatabase().getConnection()) {
            run(admin, "CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(settings);
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
