package io.amanat.connector.source.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.Slots;
import io.amanat.connector.source.wal.SslMode;
import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.TestPostgres;
import io.amanat.connector.source.wal.WalCheck;
import io.amanat.connector.source.wal.WalCheck.Verdict;
import io.amanat.connector.source.wal.WalSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database is prepared by what is printed, and what is missing is found with the statement that mends it. */
class TableSetupTest {

    private static final List<String> ROLES = List.of("authenticated", "anon");

    private final TestDatabase database = TestPostgres.empty();
    private final WalSettings owner = database.wal();
    private final WalSettings bridge = bridge();

    @BeforeEach
    void tables() {
        database.run("CREATE TABLE member (who uuid, branch uuid, PRIMARY KEY (who, branch));"
                + "CREATE TABLE task (id uuid PRIMARY KEY, branch uuid, title text);"
                + "ALTER TABLE task ENABLE ROW LEVEL SECURITY;"
                + "CREATE POLICY own ON task USING (branch IN (SELECT branch FROM member))");
    }

    @AfterEach
    void leaveNothingBehind() {
        try (var slots = Slots.of(database.settings(), Duration.ofSeconds(10))) {
            if (slots.find(owner.slot()).isPresent()) {
                slots.drop(owner.slot(), true);
            }
        }
    }

    @Test
    void whatIsPrintedPreparesADatabaseAndNothingIsNeededTwice() {
        var setup = setup("task");
        setup.apply(setup.plan());

        assertThat(setup("task").plan().isEmpty()).isTrue();
        assertThat(checks("task"))
                .filteredOn(check -> check.verdict() != Verdict.OK)
                .extracting(WalCheck::name)
                .containsExactly("table task", "rules member");
    }

    @Test
    void aTableOfWhichNobodySeesARowIsSaid() {
        prepare();
        assertThat(check("table task", "task").detail())
                .isEqualTo("nobody may read it: no role of viewers has the right");
        mend("table task");
        assertThat(check("table task", "task").verdict()).isEqualTo(Verdict.OK);

        database.run("DROP POLICY own ON task; CREATE POLICY writing ON task FOR INSERT WITH CHECK (true)");
        assertThat(check("table task", "task").detail())
                .isEqualTo("nobody sees a row: no policy lets a role of viewers read");
    }

    @Test
    void whatOneRoleMayReadAndAnothersPolicyWouldShowNobodySees() {
        prepare();
        database.run("GRANT SELECT ON task TO anon; DROP POLICY own ON task;"
                + "CREATE POLICY own ON task TO authenticated USING (true)");

        assertThat(check("table task", "task").detail())
                .isEqualTo("nobody sees a row: no policy lets a role of viewers read");
    }

    @Test
    void aTableOfASchemaThatViewersMayNotUseIsMended() {
        database.run("CREATE SCHEMA crm; CREATE TABLE crm.lead (id uuid PRIMARY KEY);"
                + "ALTER TABLE crm.lead ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON crm.lead USING (true)");
        var setup = setup("crm.lead");
        setup.apply(setup.plan());
        database.run("GRANT SELECT ON crm.lead TO authenticated");

        var found = check("table crm.lead", "crm.lead");
        assertThat(found.detail()).isEqualTo("nobody may read it: no role of viewers has the right");
        database.run(found.remedy());
        assertThat(check("table crm.lead", "crm.lead").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void whatNobodyAskedForAndCannotBeServedIsNoFailure() {
        database.run("DROP TABLE task; CREATE TABLE named (name text PRIMARY KEY);"
                + "ALTER TABLE named ENABLE ROW LEVEL SECURITY");
        var setup = setup();
        setup.apply(setup.plan());

        assertThat(check("table named"))
                .isEqualTo(new WalCheck(
                        "table named",
                        Verdict.WARN,
                        "is left out: it has a primary key of the type text",
                        "nothing, unless it is to be served"));
        assertThat(check("table named", "named").remedy()).isEqualTo("take it out of 'tables' in the settings");
    }

    @Test
    void everythingThatIsWrongWithATableIsSaidAtOnce() {
        prepare();
        database.run("CREATE TABLE bare (photo bytea)");

        assertThat(checks("bare"))
                .filteredOn(check -> check.name().equals("table bare"))
                .extracting(WalCheck::detail)
                .containsExactly(
                        "has no primary key",
                        "does not say in the log what rows were before",
                        "has no row-level security",
                        "column photo holds bytes, which have no plain JSON");
    }

    @Test
    void whatAPersonMustDecideIsSaidBeforeAnythingIsRun() {
        database.run("CREATE TABLE bare (n int); CREATE TABLE named (name text PRIMARY KEY);"
                + "ALTER TABLE named ENABLE ROW LEVEL SECURITY");

        var plan = setup("task", "bare", "named", "absent").plan();

        assertThat(plan.missing()).containsExactly("absent");
        assertThat(plan.byHand())
                .startsWith(
                        "there is no table absent",
                        "bare has no primary key: ALTER TABLE \"public\".\"bare\" ADD COLUMN id uuid PRIMARY KEY DEFAULT gen_random_uuid()",
                        "bare has no row-level security: ALTER TABLE \"public\".\"bare\" ENABLE ROW LEVEL SECURITY",
                        "named has a primary key of the type text, and is left out");
        assertThat(plan.together()).noneMatch(it -> it.contains("\"named\""));
        assertThat(check("table named", "named").remedy()).isEqualTo("take it out of 'tables' in the settings");
    }

    @Test
    void theBridgesRoleNeedsAPassword() {
        prepare();
        database.run("ALTER ROLE amanat PASSWORD NULL");
        assertThat(setup("task").plan().byHand())
                .containsExactly(
                        "amanat has no password; give it one, unless pg_hba.conf lets it in without: \\password amanat");

        database.run("ALTER ROLE amanat PASSWORD 'secret'");
        try {
            assertThat(setup("task").plan().byHand()).isEmpty();
        } finally {
            database.run("ALTER ROLE amanat PASSWORD NULL");
        }
    }

    @Test
    void aRoleOfAnotherNameMayDoWhatTheBridgeMust() {
        database.run("CREATE ROLE other_bridge LOGIN REPLICATION NOINHERIT");
        try {
            prepare();
            var other = as("other_bridge");
            assertThat(TableChecks.of(other, List.of("task"), ROLES))
                    .filteredOn(check -> check.name().equals("tables writes"))
                    .extracting(WalCheck::detail)
                    .containsExactly("other_bridge may not use amanat.operation");

            var setup = TableSetup.of(owner, List.of("task"), scripts(), "other_bridge", ROLES);
            setup.apply(setup.plan());

            assertThat(TableSetup.of(owner, List.of("task"), scripts(), "other_bridge", ROLES)
                            .plan()
                            .isEmpty())
                    .isTrue();
            assertThat(TableChecks.of(other, List.of("task"), ROLES))
                    .filteredOn(check -> check.verdict() == Verdict.FAIL)
                    .isEmpty();
        } finally {
            database.run("DROP OWNED BY other_bridge; DROP ROLE other_bridge");
        }
    }

    @Test
    void whatIsNotServedIsSaid() {
        prepare();
        assertThat(setup().plan().left()).isEmpty();

        database.run("CREATE TABLE later (id uuid PRIMARY KEY); ALTER TABLE later ENABLE ROW LEVEL SECURITY");
        assertThat(setup().plan().left())
                .contains("not served, though under row-level security: later; --table NAME adds one");

        database.run("ALTER TABLE member ENABLE ROW LEVEL SECURITY; ALTER PUBLICATION amanat DROP TABLE member");
        assertThat(setup("task", "later").plan().left()).isEmpty();
        assertThat(setup("tusk").plan().left())
                .contains("not served, though under row-level security: later, member; --table NAME adds one");

        database.run("DROP PUBLICATION amanat; DROP TABLE later, task, member");
        assertThat(setup().plan().left())
                .hasValueSatisfying(it -> assertThat(it).startsWith("no table is served yet"));
    }

    @Test
    void tablesThatPoliciesLookAtArePublishedToo() {
        var setup = setup("task");

        assertThat(setup.plan().together())
                .contains(
                        "ALTER TABLE \"public\".\"member\" REPLICA IDENTITY FULL",
                        "CREATE PUBLICATION amanat FOR TABLE \"public\".\"task\", \"public\".\"member\","
                                + " \"amanat\".\"operation\" WITH (publish = 'insert, update, delete, truncate')");
        assertThat(setup.plan().slot()).isTrue();
    }

    @Test
    void theSlowWayOfARuleIsSaidAndMended() {
        prepare();

        mend("rules member");
        database.run("ALTER TABLE member ENABLE ROW LEVEL SECURITY");
        mend("rules member");
    }

    @Test
    void whatIsMissingIsFoundAndItsStatementMendsIt() {
        prepare();
        for (var harm : List.of(
                List.of("table task", "ALTER TABLE task REPLICA IDENTITY DEFAULT"),
                List.of("table task", "ALTER TABLE task DISABLE ROW LEVEL SECURITY"),
                List.of("table task", "ALTER TABLE task ADD photo bytea"),
                List.of("table task", "ALTER TABLE task ADD photos bytea[]"),
                List.of("table task", "ALTER TABLE task OWNER TO authenticated"),
                List.of("rules member", "ALTER TABLE member REPLICA IDENTITY NOTHING"),
                List.of("rules member", "ALTER PUBLICATION amanat DROP TABLE member"),
                List.of(
                        "rules member",
                        "ALTER PUBLICATION amanat SET TABLE task, member (who, branch), amanat.operation"),
                List.of("tables publication", "ALTER PUBLICATION amanat DROP TABLE task"),
                List.of("tables publication", "ALTER PUBLICATION amanat SET (publish = 'insert')"),
                List.of("tables publication", "ALTER PUBLICATION amanat SET TABLE task WHERE (title = 'x')"),
                List.of("tables publication", "DROP PUBLICATION amanat"))) {
            database.run(harm.getLast());
            mend(harm.getFirst());
        }
    }

    @Test
    void aTableThatPoliciesLookAtAndThatIsNotPublishedIsSaid() {
        prepare();
        database.run("ALTER PUBLICATION amanat DROP TABLE member");

        var found = check("rules member", "task");

        assertThat(found.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(found.detail()).startsWith("policies look at it, and amanat leaves it out");
        assertThat(found.remedy()).isEqualTo("ALTER PUBLICATION amanat ADD TABLE \"public\".\"member\"");
    }

    @Test
    void tablesWithoutAFitKeyAreRefused() {
        prepare();
        database.run("CREATE TABLE bare (n int); CREATE TABLE named (name text PRIMARY KEY);"
                + "CREATE TABLE late (id uuid PRIMARY KEY DEFERRABLE)");

        assertThat(checks("bare", "named", "late", "absent"))
                .filteredOn(check -> check.name().startsWith("table "))
                .extracting(WalCheck::verdict)
                .containsOnly(Verdict.FAIL);
        assertThat(check("table bare", "bare").detail()).isEqualTo("has no primary key");
        assertThat(check("table named", "named").detail()).isEqualTo("has a primary key of the type text");
        assertThat(check("table late", "late").detail()).isEqualTo("has a primary key that is checked late");
    }

    @Test
    void aRoleThatNoPolicyHoldsBackIsRefused() {
        prepare();

        var found = TableChecks.of(owner, List.of("task"), ROLES).stream()
                .filter(check -> check.name().equals("tables role"))
                .findFirst()
                .orElseThrow();

        assertThat(found.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(found.detail()).isEqualTo("no policy holds postgres back");
    }

    @Test
    void theCatalogueHoldsWhatCanBeWatched() {
        prepare();

        var catalogue = Catalogue.read(bridge);

        assertThat(catalogue.tables()).hasSize(1);
        assertThat(catalogue.table("task")).isPresent();
        assertThat(catalogue.refusals())
                .containsExactly(new Refusal(
                        "member",
                        "has a primary key of several columns",
                        "ALTER PUBLICATION amanat DROP TABLE \"public\".\"member\""));
    }

    private void prepare() {
        var setup = setup("task");
        setup.apply(setup.plan());
    }

    private void mend(String name) {
        var found = check(name, "task");
        assertThat(found.verdict()).as(name).isNotEqualTo(Verdict.OK);
        var statement = found.remedy();
        int or = statement.indexOf("; or ");
        database.run(or < 0 ? statement : statement.substring(0, or));
        var mended = check(name, "task");
        assertThat(mended.remedy()).as(name).isNotEqualTo(found.remedy());
        assertThat(mended.verdict()).as(found.remedy()).isNotEqualTo(Verdict.FAIL);
    }

    private WalCheck check(String name, String... tables) {
        return checks(tables).stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<WalCheck> checks(String... tables) {
        return TableChecks.of(bridge, List.of(tables), ROLES);
    }

    private TableSetup setup(String... tables) {
        return TableSetup.of(owner, List.of(tables), scripts(), "amanat", ROLES);
    }

    private static TableSetup.Scripts scripts() {
        var folder = Path.of("..", "config", "postgres");
        try {
            return new TableSetup.Scripts(
                    Files.readString(folder.resolve("amanat.sql")),
                    Files.readString(folder.resolve("amanat-events.sql")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same database as the bridge's own role sees it. */
    private WalSettings bridge() {
        return as("amanat");
    }

    private WalSettings as(String role) {
        var at = database.settings();
        return WalSettings.of(
                new PostgresSettings(
                        at.host(), at.port(), at.database(), role, new Secret(""), SslMode.DISABLE, Optional.empty()),
                owner.slot(),
                owner.publication());
    }
}
