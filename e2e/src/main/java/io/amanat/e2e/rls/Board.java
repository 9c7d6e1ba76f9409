package io.amanat.e2e.rls;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.amanat.bench.process.Checkout;
import io.amanat.bridge.access.rls.Claims;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.SslMode;
import io.amanat.connector.source.wal.WalSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The plan board's schema and policies on a PostgreSQL of its own, with branches, people and tasks. */
final class Board implements AutoCloseable {

    static final String PUBLICATION = "amanat";

    private static final String ROLE = "authenticated";

    private final EmbeddedPostgres server;

    private Board(EmbeddedPostgres server) {
        this.server = server;
    }

    static Board start(int viewers, int branches) throws IOException, SQLException {
        var board = new Board(EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(90))
                .setServerConfig("wal_level", "logical")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("max_connections", "60")
                .start());
        board.fill(viewers, branches);
        return board;
    }

    private void fill(int viewers, int branches) throws IOException, SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var file : new String[] {"amanat.sql", "amanat-events.sql", "board.sql"}) {
                statement.execute(Files.readString(Checkout.file("config/postgres/" + file)));
            }
            statement.execute("""
                    insert into branch (id, name) select md5('b' || b)::uuid, 'Branch ' || b from generate_series(0, %1$d - 1) b;
                    insert into user_branch (user_id, branch_id)
                      select md5('u' || u)::uuid, md5('b' || (u %% %1$d))::uuid from generate_series(0, %2$d - 1) u;
                    insert into user_branch (user_id, branch_id)
                      select md5('u' || u)::uuid, md5('b' || ((u + 7) %% %1$d))::uuid from generate_series(0, %2$d - 1, 10) u;
                    insert into employee (id, branch_id, name)
                      select md5('e' || b)::uuid, md5('b' || b)::uuid, 'Person ' || b from generate_series(0, %1$d - 1) b;
                    insert into plan (id, branch_id, week, title)
                      select md5('p' || b)::uuid, md5('b' || b)::uuid, '2026-11-16', 'Week' from generate_series(0, %1$d - 1) b;
                    insert into task (branch_id, plan_id, employee_id, day, starts, ends, title)
                      select md5('b' || b)::uuid, md5('p' || b)::uuid, md5('e' || b)::uuid, '2026-11-18', '09:00', '10:00', '0'
                      from generate_series(0, %1$d - 1) b, generate_series(1, 20);
                    analyze;
                    create publication amanat for all tables""".formatted(branches, viewers));
        }
    }

    static Claims viewer(int number) {
        var subject = md5("u" + number);
        return new Claims(ROLE, subject, "{\"sub\":\"%s\",\"role\":\"%s\"}".formatted(subject, ROLE));
    }

    /** The uuid of what PostgreSQL made by {@code md5(name)::uuid}. */
    static String md5(String name) {
        try {
            var digest = java.security.MessageDigest.getInstance("MD5")
                    .digest(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            var bytes = java.nio.ByteBuffer.wrap(digest);
            return new UUID(bytes.getLong(), bytes.getLong()).toString();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /** As the owner of everything, whom no policy holds. */
    Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    WalSettings wal() {
        return WalSettings.of(
                new PostgresSettings(
                        "127.0.0.1",
                        server.getPort(),
                        "postgres",
                        "postgres",
                        new Secret(""),
                        SslMode.DISABLE,
                        Optional.empty()),
                "amanat_bench",
                PUBLICATION);
    }

    /** Connections of the bridge's own role. */
    HikariDataSource bridge() {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:%d/postgres?prepareThreshold=2".formatted(server.getPort()));
        config.setUsername("amanat");
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
