package io.amanat.bridge.app;

import io.amanat.bridge.cli.CommandFailure;
import io.amanat.bridge.cli.ExitCodes;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What concerns a PostgreSQL database whose tables are served; works without a running bridge and without settings. */
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
                "They make the bridge's role, its schema, the publication and the slot; what only a person",
                "can decide is printed as a comment."
            })
    static final class Setup implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Option(names = "--host", paramLabel = "HOST", description = "PostgreSQL's machine; default ${DEFAULT-VALUE}.")
        private String host = "127.0.0.1";

        @Option(names = "--port", paramLabel = "PORT", description = "Its port; default ${DEFAULT-VALUE}.")
        private int port = 5432;

        @Option(names = "--database", paramLabel = "NAME", required = true, description = "The database.")
        private String database;

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
                description = "The role by which the bridge will connect; default ${DEFAULT-VALUE}.")
        private String bridge = "amanat";

        @Option(
                names = "--publication",
                paramLabel = "NAME",
                description = "The publication; default ${DEFAULT-VALUE}.")
        private String publication = "amanat";

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
            try {
                var viewers = roles.isEmpty() ? List.of("authenticated", "anon") : roles;
                var setup = TableSetup.of(settings(), tables, scripts(), bridge, viewers);
                var plan = setup.plan();
                print(plan, out);
                if (apply) {
                    setup.apply(plan);
                    out.println("-- done");
                }
                out.flush();
                return ExitCodes.DONE;
            } catch (IllegalStateException e) {
                throw new CommandFailure(ExitCodes.FAILED, String.valueOf(e.getMessage()), e);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitCodes.USAGE, String.valueOf(e.getMessage()), e);
            }
        }

        private void print(Plan plan, PrintWriter out) {
            plan.byHand().forEach(it -> out.println("-- by hand: " + it));
            if (plan.isEmpty()) {
                out.println("-- nothing is missing");
                return;
            }
            if (!plan.together().isEmpty()) {
                out.println("BEGIN;");
                plan.together().forEach(it -> out.println(it.endsWith("\n") ? it : it + ";"));
                out.println("COMMIT;");
            }
            if (plan.slot()) {
                out.printf("SELECT pg_create_logical_replication_slot('%s', 'pgoutput');%n", slot());
            }
        }

        private WalSettings settings() {
            var at = new PostgresSettings(host, port, database, user, password(), sslMode(), Optional.empty());
            return WalSettings.of(at, slot(), publication);
        }

        private String slot() {
            return Optional.ofNullable(slot)
                    .orElseGet(
                            () -> "amanat_" + database.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_"));
        }

        private SslMode sslMode() {
            if (sslMode == null) {
                boolean here = List.of("127.0.0.1", "::1", "localhost").contains(host);
                return here ? SslMode.DISABLE : SslMode.VERIFY_FULL;
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
