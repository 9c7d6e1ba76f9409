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
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/** The plan board's schema and policies on a PostgreSQL of its own, with branches, people and tasks. */
public final class Board implements AutoCloseable {

    /** In the browsers' path. */
    public static final String NAME = "board";

    /** Where the page of the plan board asks for a token. */
    public static final String TOKEN = "/session/amanat-token";

    private static final String PUBLICATION = "amanat";

    private static final String PUBLISH = "create publication amanat for all tables";

    private static final String ROLE = "authenticated";

    private static final List<String> SCHEMA = List.of("amanat.sql", "amanat-events.sql", "board.sql");

    private final EmbeddedPostgres server;

    private Board(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts it with viewers, branches and tasks that are as many as they are.
     *
     * @param tasks of each branch
     */
    public static Board start(int viewers, int branches, int tasks) throws IOException, SQLException {
        var board = new Board(server());
        board.fill(viewers, branches, tasks);
        return board;
    }

    /** Starts it with the offices of the demonstration: {@code config/postgres/board-demo.sql}. */
    public static Board ofDemo() throws IOException, SQLException {
        var board = new Board(server());
        try (var connection = board.connect();
                var statement = connection.createStatement()) {
            schema(statement);
            statement.execute(sql("board-demo.sql"));
            statement.execute(PUBLISH);
        }
        return board;
    }

    private static EmbeddedPostgres server() throws IOException {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(90))
                .setServerConfig("wal_level", "logical")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("max_connections", "60")
                .start();
    }

    private static void schema(Statement statement) throws IOException, SQLException {
        for (var file : SCHEMA) {
            statement.execute(sql(file));
        }
    }

    private static String sql(String file) throws IOException {
        return Files.readString(Checkout.file("config/postgres/" + file));
    }

    private void fill(int viewers, int branches, int tasks) throws IOException, SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            schema(statement);
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
                    analyze""".formatted(branches, viewers, tasks));
            statement.execute(PUBLISH);
        }
    }

    /** The viewer of this number. */
    public static Claims viewer(int number) {
        return claims(md5("u" + number));
    }

    /** Somebody of the demonstration: 103 is the third of the first branch. */
    public static Claims person(int number) {
        return claims("e0000000-0000-4000-8000-%012d".formatted(number));
    }

    private static Claims claims(String subject) {
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

    /** What the bridge that serves it is told, for pages of these origins and for the plan board that it serves itself. */
    public Bridge.Settings settings(String... origins) {
        return (port, admin, directory) -> settings(List.of(origins), port, admin, directory);
    }

    private String settings(List<String> origins, int port, Path admin, Path directory) throws IOException {
        var all = new ArrayList<>(origins);
        all.add("http://127.0.0.1:" + port);
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
                    topics:
                      - name: "branch:{branch_id}"
                        read: exists (select from branch where id = {branch_id})
                        tables: {plan: "branch_id=eq.{branch_id}", task: "branch_id=eq.{branch_id}"}
                      - name: "plan:{plan_id}"
                        read: exists (select from plan where id = {plan_id})
                        tables: {task: "plan_id=eq.{plan_id}", status_history: "plan_id=eq.{plan_id}"}
                      - name: "presence:plan:{plan_id}"
                        read: exists (select from plan where id = {plan_id})
                        send: exists (select from plan where id = {plan_id})
                        presence: {fields: [slot, state]}
                browsers:
                  host: 127.0.0.1
                  port: %d
                  origins: ["%s"]
                  plan_board: {database: %s, token: %s}
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
                        String.join("\", \"", all),
                        NAME,
                        TOKEN,
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
    public HikariDataSource bridge() {
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
