package io.amanat.bridge.app.settings;

import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.WebSocketSettings;
import io.amanat.connector.source.wal.WalSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the sections that describe databases. */
final class DatabaseReader {

    private final SettingFiles files;
    private final PostgresReader postgres;

    DatabaseReader(SettingFiles files) {
        this.files = files;
        this.postgres = new PostgresReader(files);
    }

    /** What a database has that says nothing of its own. */
    record Usual(
            Set<String> models, OwnChanges ownChanges, List<String> origins, Limits limits, JournalSettings journal) {}

    /** Reads {@code odoo}, the only database; empty if that could not be done. */
    Optional<DatabaseSettings> only(Section section, Usual usual) {
        return database(section, usual, false);
    }

    /** Reads one of {@code databases} that is Odoo's, which may have its own of what is usual; empty if that could not be done. */
    Optional<DatabaseSettings> one(Section section, Usual usual) {
        return database(section, usual, true);
    }

    private Optional<DatabaseSettings> database(Section section, Usual usual, boolean oneOfSeveral) {
        var odoo = odoo(section);
        var source = source(section, odoo);
        var all = oneOfSeveral ? own(section, usual) : usual;
        section.end();
        return odoo.map(it -> new DatabaseSettings(
                it, source, all.models(), all.ownChanges(), all.origins(), all.limits(), all.journal()));
    }

    private static Usual own(Section section, Usual usual) {
        var models = section.list("models", Kind.model());
        var own = browsers(section, usual);
        return new Usual(
                models.isEmpty() ? usual.models() : Set.copyOf(models),
                ownChanges(section, usual.ownChanges()),
                own.origins(),
                own.limits(),
                own.journal());
    }

    /** What any database may have of its own. */
    static Usual browsers(Section section, Usual usual) {
        var origins = section.list("origins", Kind.origin());
        if (origins.isEmpty() && usual.origins().isEmpty()) {
            section.report(
                    section.at("origins"), "", "is missing; write for instance 'origins: [https://odoo.example.com]'");
        }
        return new Usual(
                usual.models(),
                usual.ownChanges(),
                origins.isEmpty() ? usual.origins() : origins,
                limits(section.section("limits"), usual.limits()),
                journal(section.section("journal"), usual.journal()));
    }

    static OwnChanges ownChanges(Section section, OwnChanges usual) {
        return section.read("own_changes", Kind.oneOf(OwnChanges.class), usual);
    }

    static Limits limits(Section section, Limits usual) {
        var limits = new Limits(
                section.read("connections", Kind.number(1, 1_000_000), usual.connections()),
                section.read("connections_per_address", Kind.number(1, 1_000_000), usual.connectionsPerAddress()),
                perUser(section, usual.perUser()),
                section.read("frame_bytes", Kind.number(1_024, 1_048_576), usual.frameBytes()),
                section.read("watches", Kind.number(1, 10_000), usual.watches()),
                section.read("messages_per_second", Kind.number(1, 10_000), usual.messagesPerSecond()),
                section.read("outbox_bytes", Kind.number(4_096, 16_777_216), usual.outboxBytes()),
                section.read("arrivals", Kind.number(1, 100_000), usual.arrivals()));
        section.end();
        return limits;
    }

    private static Limits.PerUser perUser(Section section, Limits.PerUser usual) {
        return new Limits.PerUser(
                section.read("connections_per_user", Kind.number(1, 1_000_000), usual.connections()),
                section.read("watches_per_user", Kind.number(1, 1_000_000), usual.watches()),
                section.read("messages_per_second_per_user", Kind.number(1, 1_000_000), usual.messagesPerSecond()));
    }

    static JournalSettings journal(Section section, JournalSettings usual) {
        var journal = new JournalSettings(
                section.read("age", Kind.duration(Duration.ofMinutes(1), Duration.ofDays(30)), usual.age()),
                section.read("entries", Kind.number(100, 100_000_000), usual.entries()),
                section.read("bytes", Kind.bytes(1L << 20, 1L << 40), usual.bytes()));
        section.end();
        return journal;
    }

    private Optional<OdooSettings> odoo(Section section) {
        var url = section.require("url", Kind.address("http", "https"), "https://odoo.example.com");
        var database = section.require("database", Kind.text(63), "odoo");
        var login = section.read("login", Kind.text(100), "amanat_bridge");
        var password = postgres.password(section, "/etc/amanat/odoo-password");
        var timeout = section.read(
                "call_timeout", Kind.duration(Duration.ofSeconds(1), Duration.ofMinutes(1)), Duration.ofSeconds(10));
        if (url.isEmpty() || database.isEmpty() || password.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(OdooSettings.of(url.get(), database.get(), login, password.get())
                .withLimits(OdooSettings.DEFAULT_CONNECT_TIMEOUT, timeout, OdooSettings.DEFAULT_MAX_ANSWER_BYTES));
    }

    /** Where the Odoo is not known for its own mistakes, the source is read for its own. */
    private SourceSettings source(Section section, Optional<OdooSettings> odoo) {
        var kind = section.read("source", Kind.oneOf(SourceSettings.Kind.class), SourceSettings.Kind.AUTO);
        var websocket = section.read("websocket_url", Kind.address("ws", "wss"));
        var longpolling = section.read("longpolling_url", Kind.address("http", "https"));
        var url = odoo.map(OdooSettings::url).orElse(URI.create("http://127.0.0.1"));
        var source = new SourceSettings(
                kind,
                websocket.orElseGet(() -> WebSocketSettings.besides(url)),
                longpolling.orElseGet(() -> SourceSettings.longpollingOf(url)),
                section.read(
                        "lateness",
                        Kind.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
                        SourceSettings.DEFAULT_LATENESS),
                section.read("rpc", Kind.oneOf(SourceSettings.Rpc.class), SourceSettings.Rpc.XMLRPC),
                apiKey(section),
                section.read("compatible_senders", Kind.yesOrNo(), false),
                wal(section, odoo.map(OdooSettings::database).orElse("odoo")));
        requireWhatItNeeds(section, source);
        return source;
    }

    private Optional<Secret> apiKey(Section section) {
        section.forbid("api_key", "does not belong here; write it into a file, and name that in api_key_file");
        return section.read("api_key_file", files::secret);
    }

    private static void requireWhatItNeeds(Section section, SourceSettings source) {
        if (source.rpc() == SourceSettings.Rpc.JSON2 && !section.has("api_key_file")) {
            section.report(
                    section.at("api_key_file"),
                    "",
                    "is missing, and 'rpc: json2' needs it; make a key for the service user in Odoo");
        }
        if (source.kind() == SourceSettings.Kind.WAL && !section.has("wal")) {
            section.report(
                    section.at("wal"), "", "is missing, and 'source: wal' needs it; config/amanat.yaml shows it");
        }
    }

    private Optional<WalSettings> wal(Section parent, String odooDatabase) {
        var section = parent.section("wal");
        return parent.has("wal") ? postgres.read(section, odooDatabase) : Optional.empty();
    }
}
