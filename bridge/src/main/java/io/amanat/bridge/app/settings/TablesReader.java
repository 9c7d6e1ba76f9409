package io.amanat.bridge.app.settings;

import io.amanat.bridge.identity.JwtKey;
import io.amanat.bridge.identity.JwtSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the section of a database whose PostgreSQL tables are served. */
final class TablesReader {

    private final SettingFiles files;
    private final PostgresReader postgres;

    TablesReader(SettingFiles files) {
        this.files = files;
        this.postgres = new PostgresReader(files);
    }

    /** Whether this section describes tables. */
    static boolean describes(Section section) {
        return section.has("postgres");
    }

    /** Reads one of {@code databases}; empty if that could not be done. */
    Optional<TenantSettings> read(Section section, DatabaseReader.Usual usual) {
        var wal = postgres.read(section.section("postgres"), "board");
        var jwt = jwt(section.section("jwt"));
        var tables = section.list("tables", Kind.table());
        var topics = TopicsReader.read(section);
        int viewers = section.read("viewers", Kind.number(1, 1_000_000), TablesSettings.USUAL_VIEWERS);
        int connections = section.read("connections", Kind.number(2, 100), TablesSettings.USUAL_CONNECTIONS);
        var timeout = section.read(
                "statement_timeout",
                Kind.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
                TablesSettings.USUAL_TIMEOUT);
        var own = DatabaseReader.browsers(section, usual);
        section.end();
        return wal.flatMap(log -> jwt.map(it -> new TablesSettings(
                log, it, tables, topics, viewers, connections, timeout, own.origins(), own.limits(), own.journal())));
    }

    private Optional<JwtSettings> jwt(Section section) {
        section.forbid("secret", "does not belong here; write it into a file, and name that in secret_file");
        var keys = new ArrayList<JwtKey>();
        section.read("secret_file", files.content(JwtKey::secret)).ifPresent(keys::add);
        section.read("public_key_file", files.content(JwtKey::pem)).ifPresent(keys::add);
        section.read("jwks_file", files.content(JwtKey::jwks)).ifPresent(keys::addAll);
        var audience = section.read("audience", Kind.text(255));
        var issuer = section.read("issuer", Kind.text(255));
        var roles = section.list("roles", Kind.identifier());
        var serverRoles = section.list("server_roles", Kind.identifier());
        var life = section.read(
                "longest_life", Kind.duration(Duration.ofMinutes(1), Duration.ofDays(30)), JwtSettings.USUAL_LIFE);
        var skew = section.read("skew", Kind.duration(Duration.ZERO, Duration.ofMinutes(1)), JwtSettings.USUAL_SKEW);
        section.end();
        return settings(
                section,
                keys,
                () -> new JwtSettings(
                        keys,
                        audience,
                        issuer,
                        roles.isEmpty() ? JwtSettings.USUAL_ROLES : Set.copyOf(roles),
                        Set.copyOf(serverRoles),
                        life,
                        skew));
    }

    /** Without a key nothing can be believed; where one could not be read that is said already. */
    private static Optional<JwtSettings> settings(Section section, List<JwtKey> keys, Supplier<JwtSettings> settings) {
        if (keys.isEmpty()) {
            if (!section.has("secret_file") && !section.has("public_key_file") && !section.has("jwks_file")) {
                section.report(
                        section.at("secret_file"),
                        "",
                        "is missing; name the file with the key of tokens in secret_file, public_key_file or jwks_file");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(settings.get());
        } catch (IllegalArgumentException e) {
            section.report(section.at("roles"), "", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
