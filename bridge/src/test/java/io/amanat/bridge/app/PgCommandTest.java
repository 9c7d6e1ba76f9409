package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.cli.ExitCodes;
import io.amanat.bridge.doctor.Finding;
import io.amanat.bridge.doctor.TableFindings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.Slots;
import io.amanat.connector.source.wal.SslMode;
import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.TestPostgres;
import io.amanat.connector.source.wal.WalSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgCommandTest {

    private final TestDatabase database = TestPostgres.empty();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void dropSlot() {
        try (var slots = Slots.of(database.settings(), Duration.ofSeconds(10))) {
            if (slots.find(slot()).isPresent()) {
                slots.drop(slot(), true);
            }
        }
    }

    @Test
    void theStatementsArePrintedAndThenRun() {
        database.run("CREATE TABLE task (id uuid PRIMARY KEY); ALTER TABLE task ENABLE ROW LEVEL SECURITY");

        assertThat(setup())
                .contains("BEGIN;", "create table if not exists amanat.operation", "create event trigger amanat_rights")
                .contains("ALTER TABLE \"public\".\"task\" REPLICA IDENTITY FULL;")
                .contains("CREATE PUBLICATION amanat FOR TABLE \"public\".\"task\", \"amanat\".\"operation\"")
                .contains("pg_create_logical_replication_slot('" + slot() + "'");
        assertThat(setup()).contains("BEGIN;");
        assertThat(setup("--apply")).contains("-- done");
        assertThat(setup()).contains("-- nothing is to be run").doesNotContain("BEGIN;");

        database.run("CREATE POLICY everything ON task USING (true); GRANT SELECT ON task TO authenticated");

        assertThat(TableFindings.examine(asBridge(), List.of(), List.of("authenticated", "anon"), "setup"))
                .extracting(Finding::status)
                .containsOnly(Finding.Status.OK);
    }

    @Test
    void aTableThatIsNotThereIsSaidAtTheEndAndByTheExitCode() {
        database.run("CREATE TABLE task (id uuid PRIMARY KEY); ALTER TABLE task ENABLE ROW LEVEL SECURITY");

        assertThat(setup(ExitCodes.FAILED, "--table", "task", "--table", "tusk", "--apply"))
                .containsSubsequence("COMMIT;", "-- done", "-- by hand: there is no table tusk");
        assertThat(setup("--table", "task")).contains("-- nothing is to be run");
    }

    /** A superuser may pipe it into psql. */
    @Test
    void aNameOfATableIsNeverAStatement() {
        var name = "\"x\nalter role mallory superuser; --\"";
        database.run("CREATE TABLE task (id uuid PRIMARY KEY); CREATE TABLE %1$s (id uuid PRIMARY KEY);".formatted(name)
                + "ALTER TABLE %1$s ENABLE ROW LEVEL SECURITY".formatted(name));

        assertThat(setup("--table", "task").lines())
                .contains("-- not served, though under row-level security: x\\x0aalter role mallory superuser; --;"
                        + " --table NAME adds one")
                .noneMatch(it -> it.startsWith("alter role"));
    }

    @Test
    void whatRemainsForAPersonIsSaidAlsoWhereTheStatementsAreRefused() {
        database.run("CREATE ROLE nobody_much LOGIN");
        try {
            var out = new StringWriter();
            var err = new StringWriter();
            var at = database.settings();
            int code = Main.commandLine()
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .execute(
                            "pg",
                            "setup",
                            "--port",
                            "" + at.port(),
                            "--database",
                            at.database(),
                            "--user",
                            "nobody_much",
                            "--table",
                            "tusk",
                            "--apply");

            assertThat(code).isEqualTo(ExitCodes.FAILED);
            assertThat(out.toString())
                    .contains("-- by hand: there is no table tusk")
                    .doesNotContain("-- done");
            assertThat(err.toString())
                    .startsWith("amanat: nobody_much may not do this (ERROR: permission denied")
                    .endsWith("come again as a superuser, or have one run what is printed\n");
        } finally {
            database.run("DROP ROLE nobody_much");
        }
    }

    @Test
    void whatIsMissingIsSaidWithTheCommandThatMendsIt() {
        assertThat(setup("--apply")).contains("-- done");
        database.run("DROP PUBLICATION amanat");

        assertThat(TableFindings.examine(
                        asBridge(), List.of(), List.of("authenticated"), "amanat pg setup --database x"))
                .last()
                .satisfies(it -> assertThat(it.remedy()).contains("'amanat pg setup --database x'"));
    }

    @Test
    void aServerThatIsNotThereIsSaidInOneSentence() {
        var err = new StringWriter();
        int code = Main.commandLine()
                .setErr(new PrintWriter(err))
                .execute("pg", "setup", "--port", "1", "--database", "x");

        assertThat(code).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(err.toString()).contains("127.0.0.1:1/x").doesNotContain("Exception");
    }

    @Test
    void whatTheSettingsSayNeedsNoOptions() throws IOException {
        database.run("CREATE TABLE task (id uuid PRIMARY KEY); CREATE TABLE other (id uuid PRIMARY KEY)");
        var config = config("ours", "bridge_of_ours", "[task]");

        var printed = run(
                "pg", "setup", "--config", config, "--user", database.settings().user());

        assertThat(printed)
                .contains("/" + database.settings().database() + ", as " + config + " says")
                .contains("CREATE ROLE \"bridge_of_ours\" LOGIN REPLICATION", "GRANT \"clerk\" TO \"bridge_of_ours\"")
                .contains("CREATE PUBLICATION ours FOR TABLE \"public\".\"task\", \"amanat\".\"operation\"")
                .contains("pg_create_logical_replication_slot('slot_of_ours'")
                .doesNotContain("other");
        assertThat(run(
                        "pg",
                        "setup",
                        "--config",
                        config,
                        "--database",
                        "board",
                        "--user",
                        database.settings().user()))
                .isEqualTo(printed);
    }

    @Test
    void optionsGoBeforeTheSettings() throws IOException {
        database.run("CREATE TABLE task (id uuid PRIMARY KEY); CREATE TABLE other (id uuid PRIMARY KEY)");
        var config = config("ours", "bridge_of_ours", "[task]");

        var printed = run(
                "pg",
                "setup",
                "--config",
                config,
                "--user",
                database.settings().user(),
                "--table",
                "other",
                "--publication",
                "theirs",
                "--slot",
                "slot_of_theirs",
                "--bridge",
                "bridge_of_theirs",
                "--role",
                "guest");

        assertThat(printed)
                .contains("CREATE ROLE \"bridge_of_theirs\"", "GRANT \"guest\" TO \"bridge_of_theirs\"")
                .contains("CREATE PUBLICATION theirs FOR TABLE \"public\".\"other\"")
                .contains("'slot_of_theirs'")
                .doesNotContain("of_ours", "task", "clerk");
        assertThat(refused("--config", config, "--port", "1")).contains("127.0.0.1:1/");
    }

    @Test
    void whichDatabaseIsMeantIsAskedForWhereItIsNotClear() throws IOException {
        var config = config("ours", "amanat", "[]");

        assertThat(refused("--config", config, "--database", "boart"))
                .contains("the settings name no database 'boart'");
        assertThat(refused("--config", folder.resolve("none.yaml").toString())).contains("none.yaml does not exist");
        Files.writeString(folder.resolve("odoo.yaml"), """
                odoo: {url: "https://odoo.example.com", database: shop, password_file: password}
                browsers: {origins: ["https://odoo.example.com"]}
                """);
        var odoo = folder.resolve("odoo.yaml").toString();
        assertThat(refused("--config", odoo))
                .contains("say which database with --database; the settings have none of tables");
        assertThat(refused("--config", odoo, "--database", "odoo")).contains("'amanat slot setup'");
    }

    /** Settings with this database in them. */
    private String config(String publication, String bridge, String tables) throws IOException {
        secret("password", "secret");
        secret("jwt", "0123456789abcdef0123456789abcdef");
        var at = database.settings();
        var yaml = """
                databases:
                  board:
                    postgres: {port: %d, database: %s, user: %s, password_file: password, slot: slot_of_ours, publication: %s}
                    jwt: {secret_file: jwt, roles: [clerk]}
                    tables: %s
                    origins: ["https://board.example.com"]
                """.formatted(at.port(), at.database(), bridge, publication, tables);
        return Files.writeString(folder.resolve("amanat.yaml"), yaml).toString();
    }

    private void secret(String name, String content) throws IOException {
        var file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** What is said of what was not done. */
    private static String refused(String... options) {
        var arguments = new ArrayList<>(List.of("pg", "setup"));
        arguments.addAll(List.of(options));
        var err = new StringWriter();
        int code = Main.commandLine().setErr(new PrintWriter(err)).execute(arguments.toArray(String[]::new));
        assertThat(code).isNotZero();
        return err.toString();
    }

    private static String run(String... arguments) {
        return run(ExitCodes.DONE, arguments);
    }

    private static String run(int code, String... arguments) {
        var out = new StringWriter();
        assertThat(Main.commandLine().setOut(new PrintWriter(out)).execute(arguments))
                .isEqualTo(code);
        return out.toString();
    }

    private String setup(String... more) {
        return setup(ExitCodes.DONE, more);
    }

    private String setup(int code, String... more) {
        var at = database.settings();
        var arguments = new ArrayList<>(
                List.of("pg", "setup", "--port", "" + at.port(), "--database", at.database(), "--user", at.user()));
        arguments.addAll(List.of(more));
        return run(code, arguments.toArray(String[]::new));
    }

    private String slot() {
        return "amanat_" + database.settings().database();
    }

    private WalSettings asBridge() {
        var at = database.settings();
        return WalSettings.of(
                new PostgresSettings(
                        at.host(),
                        at.port(),
                        at.database(),
                        "amanat",
                        new Secret(""),
                        SslMode.DISABLE,
                        Optional.empty()),
                slot(),
                "amanat");
    }
}
