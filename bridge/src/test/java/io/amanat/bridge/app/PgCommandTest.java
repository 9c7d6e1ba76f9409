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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgCommandTest {

    private final TestDatabase database = TestPostgres.empty();

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
        assertThat(setup()).contains("-- nothing is missing").doesNotContain("BEGIN;");

        assertThat(TableFindings.examine(asBridge(), List.of(), List.of("authenticated", "anon")))
                .extracting(Finding::status)
                .containsOnly(Finding.Status.OK);
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

    private String setup(String... more) {
        var at = database.settings();
        var out = new StringWriter();
        var arguments = new ArrayList<>(
                List.of("pg", "setup", "--port", "" + at.port(), "--database", at.database(), "--user", at.user()));
        arguments.addAll(List.of(more));
        int code = Main.commandLine().setOut(new PrintWriter(out)).execute(arguments.toArray(String[]::new));
        assertThat(code).isZero();
        return out.toString();
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
