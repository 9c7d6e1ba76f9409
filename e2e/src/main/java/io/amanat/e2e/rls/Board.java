package io.amanat.e2e.rls;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.amanat.bench.fanout.Bridge;
import io.amanat.bench.process.Checkout;
import io.amanat.bridge.access.rls.Claims;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/** The plan board's schema and policies on a PostgreSQL of its own, with branches, people and tasks. */
public final class Board implements AutoCloseable {

    /** In the browsers' path. */
    public static final String NAME = "board";

    private static final String PUBLICATION = "amanat";

    private static final String ROLE = "authenticated";

    private final EmbeddedPostgres server;

    private Board(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param tasks of each branch
     */
    public static Board start(int viewers, int branches, int tasks) throws IOException, SQLException {
        var board = new Board(EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(90))
                .setServerConfig("wal_level", "logical")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("max_connections", "60")
                .start());
        board.fill(viewers, branches, tasks);
        return board;
    }

    private void fill(int viewers, int branches, int tasks) throws IOException, SQLException {
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
                      select md5('u' || u)::uuid, md5('b' || ((u + 7) %% %1$d))::uuid from generate_series(0, %2$d - 1, 10) u
                      on conflict do nothing;
                    insert into user_branch (user_id, branch_id)
                      select md5('u' || %2$d)::uuid, md5('b' || b)::uuid from generate_series(0, %1$d - 1) b;
                    insert into employee (id, branch_id, name)
                      select md5('e' || b)::uuid, md5('b' || b)::uuid, 'Person ' || b from generate_series(0, %1$d - 1) b;
                    insert into plan (id, branch_id, week, title)
                      select md5('p' || b)::uuid, md5('b' || b)::uuid, '2020-01-06', 'Week' from generate_series(0, %1$d - 1) b;
                    insert into task (branch_id, plan_id, employee_id, day, starts, ends, title)
                      select md5('b' || b)::uuid, md5('p' || b)::uuid, md5('e' || b)::uuid, '2020-01-08', '09:00', '10:00', '0'
                      from generate_series(0, %1$d - 1) b, generate_series(1, %3$d);
                    analyze;
                    create publication amanat for all tables""".formatted(branches, viewers, tasks));
        }
    }

    /** The viewer of this number. */
    public static Claims viewer(int number) {
        var subject = md5("u" + number);
        return new Claims(ROLE, subject, "{\"sub\":\"%s\",\"role\":\"%s\"}".formatted(subject, ROLE));
    }

    /** The uuid of what PostgreSQL made by {@code md5(name)::uuid}. */
    public static String md5(String name) {
        try {
            var digest = java.security.MessageDigest.getInstance("MD5")
                    .digest(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            var bytes = java.nio.ByteBuffer.wrap(digest);
            return new UUID(bytes.getLong(), bytes.getLong()).toString();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /** Who is a member of which branch at the beginning, by branch; the viewer behind the last one is a member of all. */
    static List<BitSet> members(int viewers, int branches) {
        var members = new ArrayList<BitSet>();
        for (int branch = 0; branch < branches; branch++) {
            var those = new BitSet();
            for (int viewer = 0; viewer < viewers; viewer++) {
                boolean second = viewer % 10 == 0 && (viewer + 7) % branches == branch;
                those.set(viewer, viewer % branches == branch || second);
            }
            those.set(viewers);
            members.add(those);
        }
        return members;
    }

    /** As the owner of everything, whom no policy holds. */
    public Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    /** What the bridge that serves it is told, for pages of this origin. */
    public Bridge.Settings settings(String origin) {
        return (port, admin, directory) -> settings(origin, port, admin, directory);
    }

    private String settings(String origin, int port, Path admin, Path directory) throws IOException {
        return """
                databases:
                  %s:
                    postgres:
                      port: %d
                      database: postgres
                      user: amanat
                      password_file: %s
                      slot: amanat_bench
                      publication: %s
                    jwt:
                      secret_file: %s
                browsers:
                  host: 127.0.0.1
                  port: %d
                  origins: ["%s"]
                  limits:
                    connections: 25000
                    connections_per_address: 25000
                admin:
                  socket: %s
                data_dir: %s
                """.formatted(
                        NAME,
                        server.getPort(),
                        secret(directory, "password", "postgres believes everybody here"),
                        PUBLICATION,
                        secret(directory, "jwt-secret", Tokens.SECRET),
                        port,
                        origin,
                        admin,
                        directory.resolve("data"));
    }

    private static Path secret(Path directory, String name, String content) throws IOException {
        var file = Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content);
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
