package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.bridge.app.settings.SettingsReader;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.app.settings.TenantSettings;
import io.amanat.bridge.cli.CommandFailure;
import io.amanat.bridge.cli.ConfigMixin;
import io.amanat.bridge.cli.ExitCodes;
import io.amanat.bridge.cli.OneLine;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.tables.TableSetup;
import io.amanat.connector.source.tables.TableSetup.Plan;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.SslMode;
import io.amanat.connector.source.wal.WalSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What concerns a PostgreSQL database whose tables are served; works without a running bridge. */
@Command(
        name = "pg",
        description = "Prepare a PostgreSQL database whose tables are served.",
        subcommands = PgCommand.Setup.class)
final class PgCommand {

    /** Prepares a database. */
    @Command(
            name = "setup",
            description = {
                "Print the statements that a database still needs for its tables to be served, or run them.",
                "They make the bridge's role, its schema, the publication and the slot; what only a person can decide is printed as a comment. Where the database is, and what of it is served, is taken from the settings, if they have it; options go before them."
            })
    static final class Setup implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Mixin
        private ConfigMixin config;

        @Option(
                names = "--database",
                paramLabel = "NAME",
                description =
                        "Which of the settings' databases, not needed if they have only one of tables; or, if they have none of the name, PostgreSQL's.")
        private @Nullable String database;

        @Option(names = "--host", paramLabel = "HOST", description = "PostgreSQL's machine; default 127.0.0.1.")
        private @Nullable String host;

        @Option(names = "--port", paramLabel = "PORT", description = "Its port; default 5432.")
        private @Nullable Integer port;

        @Option(
                names = "--user",
                paramLabel = "ROLE",
                description =
                        "Who looks and runs: a superuser, or the owner of the tables once the schema amanat is there; default ${DEFAULT-VALUE}.")
        private String user = "postgres";

        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                description = "Holds that user's password; without it none is sent.")
        private @Nullable Path passwordFile;

        @Option(
                names = "--sslmode",
                paramLabel = "MODE",
                description = "disable, require, verify-ca or verify-full; default disable here, else verify-full.")
        private @Nullable String sslMode;

        @Option(
                names = "--table",
                paramLabel = "NAME",
                description =
                        "A table to serve, several times; default those that are published, or all of 'public' under row-level security.")
        private List<String> tables = new ArrayList<>();

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description = "A role of viewers; default authenticated and anon.")
        private List<String> roles = new ArrayList<>();

        @Option(
                names = "--bridge",
                paramLabel = "ROLE",
                description = "The role by which the bridge will connect; default amanat.")
        private @Nullable String bridge;

        @Option(names = "--publication", paramLabel = "NAME", description = "The publication; default amanat.")
        private @Nullable String publication;

        @Option(
                names = "--slot",
                paramLabel = "NAME",
                description = "The slot; default amanat_ and the database's name.")
        private @Nullable String slot;

        @Option(names = "--apply", description = "Run them: all in one transaction, then make the slot.")
        private boolean apply;

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            var known = ofSettings();
            try {
                var at = at(known);
                var setup = TableSetup.of(at, tables(known), scripts(), bridge(known), roles(known));
                var plan = setup.plan();
                out.printf(
                        "-- %s, %s%n",
                        OneLine.of(at.postgres().address()),
                        known.isPresent() ? "as %s says".formatted(config.file()) : "as no settings say");
                print(plan, at.slot(), out);
                try {
                    if (apply) {
                        setup.apply(plan);
                        out.println("-- done");
                    }
                } finally {
                    say(plan, out);
                    out.flush();
                }
                return plan.missing().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
            } catch (IllegalStateException e) {
                throw new CommandFailure(ExitCodes.FAILED, String.valueOf(e.getMessage()), e);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitCodes.USAGE, String.valueOf(e.getMessage()), e);
            }
        }

        private void print(Plan plan, String slot, PrintWriter out) {
            if (plan.isEmpty()) {
                out.println("-- nothing is to be run");
                return;
            }
            if (!plan.together().isEmpty()) {
                out.println("BEGIN;");
                plan.together().forEach(it -> out.println(it.endsWith("\n") ? it : it + ";"));
                out.println("COMMIT;");
            }
            if (plan.slot()) {
                out.printf("SELECT pg_create_logical_replication_slot('%s', 'pgoutput');%n", slot);
            }
        }

        /** What remains for a person, below what may be long. Whoever owns a table chose its name. */
        private void say(Plan plan, PrintWriter out) {
            plan.byHand().forEach(it -> out.println("-- by hand: " + OneLine.of(it)));
            plan.left().ifPresent(it -> out.println("-- " + OneLine.of(it)));
        }

        /** What the settings say of this database; empty if they say nothing. */
        private Optional<TablesSettings> ofSettings() {
            boolean named = spec.commandLine().getParseResult().hasMatchedOption("--config");
            if (!named && !Files.exists(config.file())) {
                return Optional.empty();
            }
            var all = SettingsReader.read(config.file(), System.getenv()).databases();
            if (database == null) {
                return Optional.of(only(all));
            }
            return switch (all.get(database)) {
                case TablesSettings found -> Optional.of(found);
                case DatabaseSettings _ -> throw wrong("%s is Odoo's: use 'amanat slot setup'".formatted(database));
                case null -> {
                    if (named) {
                        throw wrong("the settings name no database '%s'".formatted(database));
                    }
                    yield Optional.empty();
                }
            };
        }

        private static TablesSettings only(Map<String, TenantSettings> all) {
            var found = all.entrySet().stream()
                    .filter(it -> it.getValue() instanceof TablesSettings)
                    .map(Map.Entry::getKey)
                    .toList();
            if (found.size() != 1) {
                throw wrong("say which database with --database"
                        + (found.isEmpty() ? "; the settings have none of tables" : ": " + String.join(", ", found)));
            }
            return (TablesSettings) Objects.requireNonNull(all.get(found.getFirst()));
        }

        private static CommandFailure wrong(String why) {
            return new CommandFailure(ExitCodes.USAGE, why);
        }

        private WalSettings at(Optional<TablesSettings> settings) {
            var log = settings.map(TablesSettings::wal);
            var known = log.map(WalSettings::postgres);
            var where = or(host, known.map(PostgresSettings::host), "127.0.0.1");
            var name = known.map(PostgresSettings::database).orElseGet(this::databaseByOption);
            var postgres = new PostgresSettings(
                    where,
                    or(port, known.map(PostgresSettings::port), 5432),
                    name,
                    user,
                    password(),
                    sslMode(where, known),
                    known.flatMap(PostgresSettings::rootCertificate));
            return WalSettings.of(
                    postgres,
                    or(slot, log.map(WalSettings::slot), slotOf(name)),
                    or(publication, log.map(WalSettings::publication), "amanat"));
        }

        private static <T> T or(@Nullable T option, Optional<T> known, T usual) {
            return option != null ? option : known.orElse(usual);
        }

        private String databaseByOption() {
            if (database == null) {
                throw wrong("%s does not exist: name the settings with --config, or the database with --database"
                        .formatted(config.file()));
            }
            return database;
        }

        private static String slotOf(String database) {
            return "amanat_" + database.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        }

        private List<String> tables(Optional<TablesSettings> known) {
            return tables.isEmpty() ? known.map(TablesSettings::tables).orElse(List.of()) : tables;
        }

        private List<String> roles(Optional<TablesSettings> known) {
            var usual = known.map(it -> it.jwt().roles().stream().sorted().toList());
            return roles.isEmpty() ? usual.orElse(List.of("authenticated", "anon")) : roles;
        }

        private String bridge(Optional<TablesSettings> known) {
            return or(bridge, known.map(it -> it.wal().postgres().user()), "amanat");
        }

        private SslMode sslMode(String where, Optional<PostgresSettings> known) {
            if (sslMode == null) {
                boolean here = List.of("127.0.0.1", "::1", "localhost").contains(where);
                var safest = here ? SslMode.DISABLE : SslMode.VERIFY_FULL;
                return known.filter(it -> it.host().equals(where))
                        .map(PostgresSettings::sslMode)
                        .orElse(safest);
            }
            for (var mode : SslMode.values()) {
                if (mode.word().equals(sslMode)) {
                    return mode;
                }
            }
            throw new IllegalArgumentException(
                    "--sslmode is '%s'; it must be disable, require, verify-ca or verify-full".formatted(sslMode));
        }

        private Secret password() {
            if (passwordFile == null) {
                return new Secret("");
            }
            try {
                return new Secret(Files.readString(passwordFile).strip());
            } catch (IOException e) {
                throw new CommandFailure(ExitCodes.FAILED, "%s cannot be read".formatted(passwordFile), e);
            }
        }

        private static TableSetup.Scripts scripts() {
            return new TableSetup.Scripts(script("amanat.sql"), script("amanat-events.sql"));
        }

        private static String script(String name) {
            try (var in = PgCommand.class.getResourceAsStream("postgres/" + name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is missing in this build");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException(name + " cannot be read", e);
            }
        }
    }
}
