package io.amanat.e2e.wal;

import io.amanat.connector.source.BusTable;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.Slots;
import io.amanat.connector.source.wal.WalSettings;
import io.amanat.connector.source.wal.WalSetup;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** A database beside the lab's with nothing but a table like Odoo's bus, so that nobody else's rows are measured or disturbed. */
final class BusDatabase implements AutoCloseable {

    private static final String NAME = "amanat_bench_wal";
    private static final String CHANNEL = "[\"%s\",\"res.groups\",77,\"realtime_updates\"]".formatted(NAME);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PostgresSettings server;
    private final WalSettings wal;

    /** Makes it anew, with publication and slot. */
    BusDatabase(PostgresSettings server) throws SQLException {
        this.server = server;
        this.wal = WalSettings.of(in(NAME), NAME, "amanat");
        drop();
        run(server, "CREATE DATABASE " + NAME);
        run(
                in(NAME),
                "CREATE TABLE bus_bus (id serial PRIMARY KEY, create_uid int, create_date timestamp, write_uid int,"
                        + " write_date timestamp, channel varchar, message varchar)");
        WalSetup.apply(wal, BusTable.PUBLISHED);
    }

    WalSettings wal() {
        return wal;
    }

    Connection connect() throws SQLException {
        var connection = connect(in(NAME));
        connection.setAutoCommit(false);
        return connection;
    }

    /** Inserts a message; its parameters are the first and the last of the ids that its rows carry. */
    static PreparedStatement messages(Connection connection) throws SQLException {
        var statement = connection.prepareStatement("INSERT INTO bus_bus (create_uid, channel, message) SELECT 7, ?,"
                + " format(?, n, n) FROM generate_series(?, ?) AS n");
        statement.setString(1, CHANNEL);
        statement.setString(2, MESSAGE);
        return statement;
    }

    /** Of the size that Odoo's have: about 600 bytes. */
    private static final String MESSAGE =
            "{\"type\": \"realtime_updates\", \"payload\": {\"v\": 1, \"type\": \"update\", \"model\": \"amanat.transfer\","
                    + " \"user_id\": 7, \"user_name\": \"Aziz Karimov\", \"timestamp\": \"2026-11-21T10:00:00.123456Z\","
                    + " \"txid\": %s, \"origin\": \"9f1c4e0a8b7d4c21a0f3f3b2c1d0e9f8\", \"lang\": \"en_US\","
                    + " \"changed_fields\": [\"amount\", \"state\"], \"reread\": [], \"records\": [{\"id\": %s,"
                    + " \"display_name\": \"TR-42\", \"state\": \"done\", \"amount\": 10.5, \"sender_id\": [3, \"Akbar\"],"
                    + " \"company_id\": [1, \"Amanat Tashkent\"], \"write_date\": \"2026-11-21 10:00:00\"}],"
                    + " \"versions\": [\"771\"], \"rules\": [], \"old\": []}}";

    private PostgresSettings in(String database) {
        return new PostgresSettings(
                server.host(),
                server.port(),
                database,
                server.user(),
                server.password(),
                server.sslMode(),
                server.rootCertificate());
    }

    private void drop() throws SQLException {
        try (var slots = Slots.of(server, PATIENCE)) {
            if (slots.find(NAME).isPresent()) {
                slots.drop(NAME, true);
            }
        }
        run(server, "DROP DATABASE IF EXISTS " + NAME + " WITH (FORCE)");
    }

    private static void run(PostgresSettings where, String sql) throws SQLException {
        try (var connection = connect(where);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(PostgresSettings where) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", where.user());
        properties.setProperty("password", where.password().reveal());
        return DriverManager.getConnection("jdbc:postgresql://" + where.address(), properties);
    }

    @Override
    public void close() throws SQLException {
        drop();
    }
}
