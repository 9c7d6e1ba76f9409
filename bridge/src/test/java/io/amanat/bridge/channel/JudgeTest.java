package io.amanat.bridge.channel;

import static io.amanat.bridge.channel.Court.CLERK;
import static io.amanat.bridge.channel.Court.MANAGER;
import static io.amanat.bridge.channel.Court.SOMEBODY;
import static io.amanat.bridge.channel.Court.TRANSFER;
import static io.amanat.bridge.channel.Court.created;
import static io.amanat.bridge.channel.Court.deleted;
import static io.amanat.bridge.channel.Court.image;
import static io.amanat.bridge.channel.Court.records;
import static io.amanat.bridge.channel.Court.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.Viewer;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each class of viewers gets of a change of records. */
class JudgeTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;
    private static final long CHARI = 9;

    private final Court court = new Court();

    @AfterEach
    void close() {
        court.close();
    }

    /** Who watches something else must not wait for it when coming back. */
    @Test
    void itIsSaidHowFarEverythingWasDecidedWhoeverWatches() {
        court.judge(updated(1, "{}", "{}"), updated(2, "{}", "{}"));

        assertThat(court.delivered).isEmpty();
        assertThat(court.reached).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 | 20     | UPDATE [1:{amount=20}] to [7]",
                "10 | 200    | LEAVE [1] to [7]",
                "200 | 10    | ENTER [1:{amount=10}] to [7]",
                "200 | 300   |",
            })
    void anUpdateMeansWhatItChangesInSight(String before, String after, @Nullable String expected) {
        court.grant("[['amount', '<', 100]]", CLERK, AZIZ);
        court.list(AZIZ);

        var delivered = court.judge(updated(1, "{'amount': %s}".formatted(before), "{'amount': %s}".formatted(after)));

        assertThat(delivered.stream().map(Court::line)).containsExactlyElementsOf(lines(expected));
        assertThat(court.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE | 10  | CREATE [1:{amount=10}] to [7]",
                "CREATE | 200 |",
                "DELETE | 10  | DELETE [1] to [7]",
                "DELETE | 200 |",
            })
    void aCreationAndADeletionReachThoseWhoSeeTheRecord(String operation, String amount, @Nullable String expected) {
        court.grant("[['amount', '<', 100]]", CLERK, AZIZ);
        court.list(AZIZ);
        var values = "{'amount': %s}".formatted(amount);

        var delivered =
                court.judge(operation.equals("CREATE") ? created(SOMEBODY, 1, values) : deleted(SOMEBODY, 1, values));

        assertThat(delivered.stream().map(Court::line)).containsExactlyElementsOf(lines(expected));
    }

    @Test
    void everyClassJudgesForItself() {
        court.grant("[['amount', '<', 100]]", CLERK, AZIZ).grant("[]", MANAGER, BOBUR, CHARI);
        court.list(AZIZ);
        court.list(BOBUR);
        court.list(CHARI);

        var delivered = court.judge(updated(1, "{'amount': 10}", "{'amount': 200, 'note': 'hush', 'name': 'TR'}"));

        assertThat(delivered.stream().map(Court::line))
                .containsExactlyInAnyOrder(
                        "LEAVE [1] to [7]", "UPDATE [1:{amount=200, name=\"TR\", note=\"hush\"}] to [8, 9]");
    }

    @Test
    void classesThatAreToldTheSameShareOneDelivery() {
        court.grant("[['amount', '<', 100]]", CLERK, AZIZ).grant("[['amount', '<', 1000]]", CLERK, BOBUR);
        court.list(AZIZ);
        court.list(BOBUR);

        var delivered = court.judge(updated(1, "{'amount': 10}", "{'amount': 20}"));

        assertThat(delivered.stream().map(Court::line)).containsExactly("UPDATE [1:{amount=20}] to [7, 8]");
    }

    @Test
    void aRecordThatMovedOutAndBackInOneBurstLeavesAndEnters() {
        court.grant("[['amount', '<', 100]]", CLERK, AZIZ);
        court.list(AZIZ);

        var delivered = court.judge(
                updated(1, "{'amount': 10}", "{'amount': 200, 'name': 'SECRET'}"),
                updated(1, "{'name': 'SECRET'}", "{'amount': 200, 'name': 'SECRET 2'}"),
                updated(1, "{'amount': 200, 'name': 'SECRET 2'}", "{'amount': 30, 'name': 'public'}"));

        assertThat(delivered.stream().map(Court::line))
                .containsExactly("LEAVE [1] to [7]", "ENTER [1:{amount=30, name=\"public\"}] to [7]");
    }

    @Test
    void whatOnlyRulesLookAtDecidesAndDoesNotTravel() {
        court.grant("[['level', '<', 5]]", CLERK, AZIZ);
        court.list(AZIZ);

        var delivered = court.judge(records(
                Operation.UPDATE,
                SOMEBODY,
                List.of(image(1, "{'name': 'TR'}"), image(2, "{'name': 'TR'}")),
                List.of(image(1, "{'level': 3}"), image(2, "{'level': 9}")),
                List.of(image(1, "{'level': 9}"), image(2, "{'level': 3}")),
                Set.of("level")));

        assertThat(delivered.stream().map(Court::line))
                .containsExactly("ENTER [1:{name=\"TR\"}] to [7]", "LEAVE [2] to [7]");
        assertThat(delivered.toString()).doesNotContain("level");
    }

    @Test
    void whatAChangeWroteAndDoesNotSayWhatItWasIsUnproven() {
        court.grant("[['amount', '<', 100]]", CLERK, AZIZ);
        court.list(AZIZ);
        var hidden = records(
                Operation.UPDATE,
                SOMEBODY,
                List.of(image(1, "{'amount': 200}")),
                List.of(),
                List.of(),
                Set.of("amount"));
        var shown = records(
                Operation.UPDATE,
                SOMEBODY,
                List.of(image(1, "{'amount': 20}")),
                List.of(),
                List.of(),
                Set.of("amount"));

        assertThat(court.judge(hidden).stream().map(Court::line)).containsExactly("reset NOT_READABLE to [7]");
        assertThat(court.judge(shown).stream().map(Court::line)).containsExactly("ENTER [1:{amount=20}] to [7]");
    }

    @Test
    void aFormHearsOfItsRecordOnly() {
        court.grant("[['amount', '<', 100]]", CLERK, AZIZ);
        court.form(AZIZ, 2);

        var delivered = court.judge(records(
                Operation.UPDATE,
                SOMEBODY,
                List.of(image(1, "{'amount': 1}"), image(2, "{'amount': 2}")),
                List.of(),
                List.of(image(1, "{'amount': 5}"), image(2, "{'amount': 5}")),
                Set.of("amount")));

        assertThat(delivered.stream().map(Court::line)).containsExactly("UPDATE [2:{amount=2}] to [7]");
    }

    @Test
    void aWatchOfSomeFieldsGetsNoOthers() {
        court.grant("[]", MANAGER, AZIZ);
        court.watch(Court.list(Optional.of(Set.of("note")), Optional.empty()), AZIZ);

        var delivered = court.judge(
                updated(1, "{'amount': 1}", "{'amount': 2, 'note': 'n', 'name': 'TR', 'display_name': 'TR'}"));

        assertThat(delivered.stream().map(Court::line))
                .containsExactly("UPDATE [1:{display_name=\"TR\", note=\"n\"}] to [7]");
    }

    @Test
    void changedFieldsAreNamedOfAnUpdateOnlyAndOnlyThoseThatMayBeRead() {
        court.grant("[['amount', '<', 100]]", CLERK, AZIZ);
        court.list(AZIZ);

        var update = data(court.judge(updated(1, "{'amount': 1, 'note': 'a', 'level': 1}", "{'amount': 2}")));
        var enter = data(court.judge(updated(1, "{'amount': 200, 'note': 'a'}", "{'amount': 2}")));

        assertThat(update.visible().changedFields()).containsExactly("amount");
        assertThat(enter.visible().changedFields()).isEmpty();
    }

    @Test
    void whoeverARecordEntersForReadsWhatItLacks() {
        court.grant("[['amount', '<', 100]]", MANAGER, AZIZ);
        court.list(AZIZ);

        var entered = data(court.judge(updated(
                1,
                "{'amount': 200}",
                "{'amount': 2, 'name': 'TR', 'active': true, 'company_id': [1, 'Amanat'], 'display_name': 'TR'}")));

        assertThat(entered.visible().reread()).containsExactlyInAnyOrder("note", "line_ids");
    }

    @Test
    void aModelThatIsNotLiveIsHeld() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        var change = new Change.Records(
                "res.users",
                Operation.UPDATE,
                SOMEBODY,
                Instant.EPOCH,
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                Set.of());

        assertThat(court.judge(change)).isEmpty();
        assertThat(court.metrics.refused()).isEqualTo(1);
    }

    @Test
    void whoStoppedWatchingIsNotConcerned() {
        court.grant("[]", CLERK, AZIZ);
        court.channel.unregister(court.list(AZIZ));

        assertThat(court.judge(updated(1, "{}", "{'name': 'TR'}"))).isEmpty();
        assertThat(court.tail).containsExactly(new Decided(10, TRANSFER, "update", 1, 99, 0, 0, 0));
    }

    @Test
    void inSteadyStateNothingIsAsked() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        court.judge(updated(1, "{}", "{'name': 'TR'}"));
        court.rightsAsked.clear();

        for (int i = 0; i < 100; i++) {
            assertThat(court.judge(updated(1, "{}", "{'name': 'TR'}"))).hasSize(1);
        }

        assertThat(court.asked).isEmpty();
        assertThat(court.rightsAsked).isEmpty();
    }

    @Test
    void aBulkThatDoesNotSayOfWhichRecordsReachesWhoeverMayReadTheModelAndAGapEverybody() {
        court.grant("[['amount', '<', 0]]", CLERK, AZIZ).grant("[]", CLERK, BOBUR);
        court.list(AZIZ);
        court.list(BOBUR);
        var bulk = new Change.Bulk(TRANSFER, Operation.UPDATE, SOMEBODY, Instant.EPOCH, List.of(), Set.of());

        assertThat(court.judge(bulk).stream().map(Court::line)).containsExactly("reset BULK to [7, 8]");
        assertThat(court.judge(new Change.Gap(Optional.of(TRANSFER), "lost")).stream()
                        .map(Court::line))
                .containsExactly("reset GAP to [7, 8]");
    }

    @Test
    void theOrderOfOffsetsIsKept() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);

        var delivered = court.judge(
                updated(1, "{}", "{'name': 'A'}"),
                deleted(SOMEBODY, 1, "{'name': 'A'}"),
                updated(2, "{}", "{'name': 'B'}"));

        assertThat(delivered).extracting(Delivery::offset).containsExactly(10L, 11L, 12L);
    }

    @Test
    void anEventShowsWhatItsUsersMayReadAndNothingToThoseWhoMayReadNoneOfIt() {
        court.grant("[['amount', '<', 100]]", CLERK, AZIZ).grant("[]", MANAGER, BOBUR);
        court.channel.arrive(new Viewer(AZIZ, List.of(1L)));
        court.channel.arrive(new Viewer(BOBUR, List.of(1L)));

        assertThat(court.judge(event(image(1, "{'amount': 5, 'note': 'hush'}"))).stream()
                        .map(Court::line))
                .containsExactlyInAnyOrder("event [1:{amount=5}] to [7]", "event [1:{amount=5, note=\"hush\"}] to [8]");
        assertThat(court.judge(event(image(1, "{'amount': 500, 'note': 'hush'}"))).stream()
                        .map(Court::line))
                .containsExactly("event [1:{amount=500, note=\"hush\"}] to [8]");
    }

    private static Change.Event event(Image image) {
        return new Change.Event(
                "ready", TRANSFER, SOMEBODY, Instant.EPOCH, Set.of(AZIZ, BOBUR), List.of(image), Set.of("note"));
    }

    private static Delivery.Data data(List<Delivery> delivered) {
        return (Delivery.Data) delivered.getFirst();
    }

    private static List<String> lines(@Nullable String expected) {
        return expected == null ? List.of() : List.of(expected);
    }
}
