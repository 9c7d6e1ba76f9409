package io.amanat.connector.source.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.BusTable;
import io.amanat.connector.source.wal.WalCheck.Verdict;
import io.amanat.connector.source.wal.WalReport.Room;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is found missing, and the statements that mend it, on a real PostgreSQL where that can be had. */
class WalChecksTest {

    private final TestDatabase database = TestPostgres.database();
    private final WalSettings settings = database.wal();

    @Test
    void aDatabaseThatIsSetUpPassesEveryCheck() {
        assertThat(WalSetup.apply(settings, BusTable.PUBLISHED))
                .containsExactly("made the publication amanat", "made the slot " + settings.slot());

        assertThat(checks()).allMatch(check -> check.verdict() == Verdict.OK);
        assertThat(WalSetup.apply(settings, BusTable.PUBLISHED)).isEmpty();
        dropSlot();
    }

    @Test
    void theStatementThatIsPrintedMakesThePublication() {
        var missing = check("wal publication");
        database.run(missing.remedy());

        assertThat(missing.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(check("wal publication").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aPublicationThatLeavesSomethingOutIsFoundAndCorrected() {
        for (var wrong : List.of(
                "CREATE PUBLICATION amanat FOR TABLE bus_bus WITH (publish = 'delete')",
                "CREATE PUBLICATION amanat",
                "CREATE PUBLICATION amanat FOR TABLE bus_bus (id, message) WITH (publish = 'insert')",
                "CREATE PUBLICATION amanat FOR TABLE bus_bus WHERE (channel = 'x') WITH (publish = 'insert')")) {
            database.run(wrong);
            var found = check("wal publication");
            database.run(found.remedy());

            assertThat(found.verdict()).as(wrong).isEqualTo(Verdict.FAIL);
            assertThat(check("wal publication").verdict()).as(wrong).isEqualTo(Verdict.OK);
            database.run("DROP PUBLICATION amanat");
        }
    }

    @Test
    void aPublicationOfEverybodysMessagesIsSaid() {
        database.run("CREATE PUBLICATION amanat FOR TABLE bus_bus");

        assertThat(check("wal publication").verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void aSlotOfAnotherKindIsRefused() {
        database.run("SELECT pg_create_logical_replication_slot('%s', 'test_decoding')".formatted(settings.slot()));

        assertThat(check("wal slot").verdict()).isEqualTo(Verdict.FAIL);
        dropSlot();
    }

    @Test
    void whatTheServerLacksIsSaidWithItsStatement() {
        var bare = new WalReport(
                12,
                "replica",
                new Room(10, 10),
                new Room(5, 5),
                Optional.empty(),
                true,
                false,
                Optional.of(new Publication(Set.of("insert"), Map.of())),
                Optional.empty());

        assertThat(WalChecks.of(settings, BusTable.PUBLISHED, bare))
                .extracting(WalCheck::name, WalCheck::verdict, WalCheck::remedy)
                .containsExactly(
                        tuple(
                                "wal level",
                                Verdict.FAIL,
                                "ALTER SYSTEM SET wal_level = 'logical'; then restart PostgreSQL"),
                        tuple("wal role", Verdict.FAIL, "ALTER ROLE \"postgres\" REPLICATION"),
                        tuple(
                                "wal senders",
                                Verdict.FAIL,
                                "ALTER SYSTEM SET max_wal_senders = 9; then restart PostgreSQL"),
                        tuple(
                                "wal slots",
                                Verdict.FAIL,
                                "ALTER SYSTEM SET max_replication_slots = 14; then restart PostgreSQL"),
                        tuple(
                                "wal publication",
                                Verdict.FAIL,
                                "ALTER PUBLICATION amanat SET TABLE public.bus_bus;"
                                        + " ALTER PUBLICATION amanat SET (publish = 'insert')"),
                        tuple("wal slot", Verdict.OK, ""),
                        tuple(
                                "wal limit",
                                Verdict.WARN,
                                "watch the disk, and drop the slot with 'amanat slot drop' when the bridge is gone for good"),
                        tuple(
                                "wal delay",
                                Verdict.WARN,
                                "ALTER SYSTEM SET wal_writer_delay = '10ms'; SELECT pg_reload_conf()"));
    }

    @Test
    void aServerThatIsAwayIsSaidWithoutThePassword() {
        var gone = new PostgresSettings(
                "127.0.0.1", 1, "odoo", "amanat", new Secret("s3cr3t"), SslMode.DISABLE, Optional.empty());

        assertThatThrownBy(() -> WalReport.of(WalSettings.of(gone, "amanat_odoo", "amanat")))
                .isInstanceOf(WalException.class)
                .hasMessageContaining("127.0.0.1:1/odoo")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void aSlotIsListedAndDroppedButNotWhileItIsRead() {
        database.published();
        try (var stream = WalStream.open(settings, BusTable.PUBLISHED, "test-reader", false, Optional.empty(), false);
                var slots = Slots.of(settings.postgres(), Duration.ofSeconds(10))) {
            var name = settings.slot();
            assertThat(slots.find(name).orElseThrow().reader())
                    .map(Slot.Reader::application)
                    .contains("test-reader");
            assertThatThrownBy(() -> slots.drop(name, false))
                    .isInstanceOf(WalException.class)
                    .hasMessageContaining("another bridge");

            slots.drop(name, true);

            assertThat(slots.find(name)).isEmpty();
            assertThat(stream.start().lsn()).isNotEqualTo(Lsn.ZERO);
        }
    }

    @Test
    void aSlotThatFallsBehindIsTroubleBeforeItIsLost() {
        assertThat(SlotWatch.trouble(slot("reserved", 10, Optional.of(100L)))).isEmpty();
        assertThat(SlotWatch.trouble(slot("extended", 90, Optional.of(10L))))
                .get()
                .asString()
                .contains("nearly lost");
        assertThat(SlotWatch.trouble(slot("unreserved", 90, Optional.of(-5L))))
                .get()
                .asString()
                .contains("nearly lost");
        assertThat(SlotWatch.trouble(slot("lost", -1, Optional.empty())))
                .get()
                .asString()
                .contains("is lost");
        assertThat(SlotWatch.trouble(slot("reserved", 3L << 30, Optional.empty())))
                .get()
                .asString()
                .contains("2.0 GB");
    }

    private static Slot slot(String state, long held, Optional<Long> safe) {
        return new Slot("amanat", "pgoutput", "odoo", Optional.empty(), Lsn.ZERO, state, held, safe);
    }

    private List<WalCheck> checks() {
        return WalChecks.of(settings, BusTable.PUBLISHED, WalReport.of(settings));
    }

    private WalCheck check(String name) {
        return checks().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void dropSlot() {
        database.run("SELECT pg_drop_replication_slot('%s')".formatted(settings.slot()));
    }
}
