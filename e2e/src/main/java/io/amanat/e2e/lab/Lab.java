package io.amanat.e2e.lab;

import java.net.URI;
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
    private final JsonNode info;

    private Lab(JsonNode info) {
        this.info = info;
    }

    /** The lab if Odoo and the bridge both run and {@code AMANAT_LAB} is not {@code no}; nothing is started. */
    public static Optional<Lab> running() {
        return withOdoo().filter(lab -> lab.runs("bridge"));
    }

    /** The lab if its Odoo runs, whether or not the bridge does, and {@code AMANAT_LAB} is not {@code no}. */
    public static Optional<Lab> withOdoo() {
        if ("no".equals(System.getenv("AMANAT_LAB"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(any()).filter(lab -> lab.runs("odoo"));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** The lab, whether or not it runs. */
    public static Lab any() {
        return new Lab(new ObjectMapper().readTree(LabCommand.run("", "info", "--output", "json")));
    }

    public URI url() {
        return URI.create(info.path("odoo").path("url").asString());
    }

    /** Where Odoo's own bus listens. */
    public URI websocketUrl() {
        return URI.create(info.path("odoo").path("websocket_url").asString());
    }

    public String database() {
        return info.path("odoo").path("database").asString();
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
        return LabCommand.run(script, "shell").lines().toList().getLast();
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
        return LabCommand.run(query, "psql", "--no-psqlrc", "--tuples-only", "--no-align");
    }

    /** Starts, stops or restarts the bridge and returns when it is done. */
    public void bridge(String action) {
        LabCommand.run("", "bridge", action);
    }

    private boolean runs(String part) {
        return info.path(part).path("running").asBoolean(false);
    }
}
