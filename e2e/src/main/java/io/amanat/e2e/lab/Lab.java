package io.amanat.e2e.lab;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.admin.AdminClient;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.SslMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The lab of this machine, as {@code lab info} describes it. */
public final class Lab {
    private final String series;
    private final JsonNode info;

    private Lab(String series) {
        this.series = series;
        this.info = new ObjectMapper().readTree(run(series, "", "info", "--output", "json"));
    }

    /** The lab if Odoo and the bridge both run and {@code AMANAT_LAB} is not {@code no}; nothing is started. */
    public static Optional<Lab> running() {
        return withOdoo().filter(lab -> lab.runs("bridge"));
    }

    /** The lab if its Odoo runs, whether or not the bridge does, and {@code AMANAT_LAB} is not {@code no}. */
    public static Optional<Lab> withOdoo() {
        return withOdoo("19");
    }

    /** The same of a lab of another series, such as {@code 14}. */
    public static Optional<Lab> withOdoo(String series) {
        if ("no".equals(System.getenv("AMANAT_LAB"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Lab(series)).filter(lab -> lab.runs("odoo"));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** The lab, whether or not it runs. */
    public static Lab any() {
        return new Lab("19");
    }

    /** Of Odoo: {@code 19} or {@code 14}. */
    public String series() {
        return series;
    }

    public URI url() {
        return URI.create(info.path("odoo").path("url").asString());
    }

    /** Where Odoo's own bus listens. */
    public URI websocketUrl() {
        return URI.create(info.path("odoo").path("websocket_url").asString());
    }

    /** Where the long polling of Odoo 14 listens. */
    public URI longpollingUrl() {
        return URI.create(info.path("odoo").path("longpolling_url").asString());
    }

    /** Where Odoo says what it was asked. */
    public Path odooLog() {
        return Path.of(info.path("odoo").path("log").asString());
    }

    /** The process that serves it. */
    public long eventedPid() {
        return info.path("odoo").path("gevent_pid").asLong();
    }

    public String database() {
        return info.path("odoo").path("database").asString();
    }

    /** The lab's PostgreSQL as the owner of Odoo's tables, who may also make databases and read the log. */
    public PostgresSettings postgres() {
        var postgres = info.path("postgres");
        return new PostgresSettings(
                postgres.path("host").asString(),
                postgres.path("port").asInt(),
                "postgres",
                postgres.path("user").asString(),
                new Secret(postgres.path("password").asString()),
                SslMode.DISABLE,
                Optional.empty());
    }

    /** The lab's PostgreSQL as the role that may read the log of Odoo's database and nothing else. */
    PostgresSettings log() {
        var postgres = info.path("postgres");
        return new PostgresSettings(
                postgres.path("host").asString(),
                postgres.path("port").asInt(),
                database(),
                postgres.path("wal_user").asString(),
                new Secret(read(Path.of(postgres.path("wal_password_file").asString()))),
                SslMode.DISABLE,
                Optional.empty());
    }

    String publication() {
        return info.path("postgres").path("publication").asString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The passwords of all users, the bridge's service user included, by login. */
    public Map<String, String> passwords() {
        var passwords = new HashMap<String, String>();
        for (JsonNode user : info.path("users")) {
            passwords.put(user.path("login").asString(), user.path("password").asString());
        }
        JsonNode service = info.path("service_user");
        passwords.put(service.path("login").asString(), service.path("password").asString());
        return Map.copyOf(passwords);
    }

    /** A session of its own of one of the lab's users. */
    public OdooUser user(String login) {
        for (JsonNode user : info.path("users")) {
            if (user.path("login").asString().equals(login)) {
                return user(login, user.path("password").asString());
            }
        }
        throw new IllegalArgumentException("the lab has no user '%s'; see 'lab info'".formatted(login));
    }

    /** A session of its own of a user that a test has made. */
    public OdooUser user(String login, String password) {
        return OdooUser.login(this, login, password);
    }

    /** A new API key of this user, for the use of a test. */
    public String apiKey(String login) {
        var script = """
                user = env["res.users"].search([("login", "=", "%s")])
                print(env(user=user)["res.users.apikeys"].sudo()._generate(None, "test", False))
                env.cr.commit()
                """.formatted(login);
        return shell(script).lines().toList().getLast();
    }

    /** A connection to one of PostgreSQL's databases, as the role that Odoo has. */
    public Connection connect(String database) throws SQLException {
        JsonNode postgres = info.path("postgres");
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s"
                        .formatted(
                                postgres.path("host").asString(),
                                postgres.path("port").asInt(),
                                database),
                postgres.path("user").asString(),
                postgres.path("password").asString());
    }

    /** Runs SQL on the lab's database and returns its rows, columns parted by {@code |}. */
    public String sql(String query) {
        return run(series, query, "psql", "--no-psqlrc", "--tuples-only", "--no-align");
    }

    /** What the bridge counts now under this name, of all databases together: {@code amanat_sessions}. */
    public long figure(String name) {
        var socket = Path.of(info.path("bridge").path("admin").asString());
        var metrics = new AdminClient(new AdminAddress.Socket(socket)).get("/metrics");
        return metrics.body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Starts, stops or restarts the bridge and returns when it is done. */
    public void bridge(String action) {
        run(series, "", "bridge", action);
    }

    /** Runs Python in Odoo's own shell, where {@code env} is the superuser's, and returns what it printed. */
    public String shell(String python) {
        return run(series, python, "shell");
    }

    private static String run(String series, String input, String... arguments) {
        return LabCommand.run(input, arguments, "--series", series);
    }

    /** Restarts PostgreSQL as an administrator would: all connections are lost. */
    public void restartPostgres() {
        run(series, "", "restart", "postgres");
    }

    /** Kills the process that serves Odoo's bus; Odoo starts another. */
    public void killBus() {
        run(series, "", "restart", "bus");
    }

    /**
     * Starts Odoo again if it has ended, as an init system would: it does when its database goes away at the wrong moment.
     *
     * @return whether that was necessary
     */
    public boolean revive() {
        boolean ended = !new Lab(series).runs("odoo");
        if (ended) {
            run(series, "", "up", "--no-bridge");
        }
        return ended;
    }

    private boolean runs(String part) {
        return info.path(part).path("running").asBoolean(false);
    }
}
