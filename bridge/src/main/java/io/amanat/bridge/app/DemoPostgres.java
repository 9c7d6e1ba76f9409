package io.amanat.bridge.app;

import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.SslMode;
import io.amanat.connector.source.wal.WalSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A PostgreSQL of the demo's own with the plan board in it, set up with the files that an admin is given. What is in it goes when
 * it is closed. It listens on this machine alone and believes nobody without one of two passwords, made up at the start: its
 * superuser could run programs as whoever started it.
 */
final class DemoPostgres implements AutoCloseable {

    private static final String SUPERUSER = "postgres";
    private static final String BRIDGE = "amanat";
    private static final String PUBLICATION = "amanat";
    private static final List<String> FILES = List.of("amanat", "amanat-events", "board", "board-demo");
    private static final List<String> TABLES =
            List.of("branch", "user_branch", "employee", "plan", "client_card", "task", "status_history", "attachment");

    private static final Duration START = Duration.ofMinutes(2);

    /** Somebody of the demo's data. */
    record Person(String id, String name, String branch, String branchId, String color) {}

    private final EmbeddedPostgres server;
    private final String password;
    private final List<Person> people = new ArrayList<>();

    private DemoPostgres(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    /**
     * Starts it; takes a few seconds.
     *
     * @throws IOException if it does not start
     * @throws SQLException if it cannot be set up
     * @throws LinkageError if PostgreSQL is not beside the program: it belongs to the demo alone
     */
    static DemoPostgres start(SecureRandom random) throws IOException, SQLException {
        var superuser = password(random);
        var passwords = Files.createTempFile(
                "amanat", ".tmp", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwords, superuser);
            var postgres = new DemoPostgres(server(superuser, passwords), password(random));
            try {
                postgres.setUp(superuser);
                return postgres;
            } catch (SQLException | RuntimeException e) {
                postgres.close();
                throw e;
            }
        } finally {
            Files.delete(passwords);
        }
    }

    private static EmbeddedPostgres server(String password, Path passwords) throws IOException {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(START)
                .setLocaleConfig("pwfile", passwords.toString())
                .setDataDirectoryCustomizer(DemoPostgres::believePasswordsAlone)
                .setConnectConfig("password", password)
                .setServerConfig("wal_level", "logical")
                .setServerConfig("max_slot_wal_keep_size", "1GB")
                .setServerConfig("unix_socket_directories", "")
                .setOutputRedirector(Redirect.DISCARD)
                .setErrorRedirector(Redirect.DISCARD)
                .start();
    }

    /** Before it is started for the first time: nobody is believed for being on this machine. */
    private static void believePasswordsAlone(File data) {
        try {
            Files.writeString(
                    data.toPath().resolve("pg_hba.conf"),
                    "host all,replication all 127.0.0.1/32 scram-sha-256%n".formatted(),
                    StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String password(SecureRandom random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void setUp(String superuser) throws SQLException {
        var url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort());
        try (var connection = DriverManager.getConnection(url, SUPERUSER, superuser);
                var statement = connection.createStatement()) {
            for (var file : FILES) {
                statement.execute(read(file));
            }
            statement.execute("CREATE PUBLICATION %s FOR TABLE amanat.operation, public.%s"
                    .formatted(PUBLICATION, String.join(", public.", TABLES)));
            statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(BRIDGE, password));
            people(statement);
        }
    }

    private void people(Statement statement) throws SQLException {
        try (var rows = statement.executeQuery("""
                SELECT e.id, e.name, b.name, b.id, e.color FROM public.employee e
                JOIN public.branch b ON b.id = e.branch_id ORDER BY e.id""")) {
            while (rows.next()) {
                people.add(new Person(
                        rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5)));
            }
        }
    }

    private static String read(String file) {
        try (var sql = DemoPostgres.class.getResourceAsStream("postgres/" + file + ".sql")) {
            return new String(Objects.requireNonNull(sql, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** Everybody in it who can sign in. */
    List<Person> people() {
        return List.copyOf(people);
    }

    /** How the bridge reads and writes it. */
    WalSettings wal() {
        var settings = new PostgresSettings(
                "127.0.0.1",
                server.getPort(),
                "postgres",
                BRIDGE,
                new Secret(password),
                SslMode.DISABLE,
                Optional.empty());
        return WalSettings.of(settings, "amanat_board", PUBLICATION);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL of the demo did not stop", e);
        }
    }
}
