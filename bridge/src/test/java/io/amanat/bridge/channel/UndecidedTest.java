package io.amanat.bridge.channel;

import static io.amanat.bridge.channel.Court.CLERK;
import static io.amanat.bridge.channel.Court.SOMEBODY;
import static io.amanat.bridge.channel.Court.TRANSFER;
import static io.amanat.bridge.channel.Court.deleted;
import static io.amanat.bridge.channel.Court.image;
import static io.amanat.bridge.channel.Court.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.Viewer;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of changes that the values cannot decide. */
class UndecidedTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;
    private static final long CHARI = 9;

    private final Court court = new Court();

    @AfterEach
    void close() {
        court.close();
    }

    @Test
    void whatOdooConfirmsForThisVersionEnters() {
        court.undecidable("same", CLERK, AZIZ);
        court.list(AZIZ);
        court.readable.put(1L, Set.of(AZIZ));
        court.versions.put(1L, "v1");

        assertThat(lines(written(1, "v1"))).containsExactly("ENTER [1:{name=\"TR\"}] to [7]");
    }

    @Test
    void whatOdooDeniesIsAResetWithoutIds() {
        court.undecidable("same", CLERK, AZIZ);
        court.list(AZIZ);
        court.versions.put(1L, "v1");

        assertThat(lines(written(1, "v1"))).containsExactly("reset NOT_READABLE to [7]");
    }

    @Test
    void whatWasCreatedOutOfSightIsNotMentioned() {
        court.undecidable("same", CLERK, AZIZ);
        court.list(AZIZ);
        court.versions.put(1L, "v1");

        assertThat(lines(records(
                        Operation.CREATE,
                        SOMEBODY,
                        List.of(image(1, "{'name': 'TR'}", "v1")),
                        List.of(),
                        List.of(),
                        Set.of())))
                .isEmpty();
    }

    /** The record was written again: that it may be read now says nothing about the older value. */
    @Test
    void aYesForAnotherVersionIsNone() {
        court.undecidable("same", CLERK, AZIZ);
        court.list(AZIZ);
        court.readable.put(1L, Set.of(AZIZ));
        court.versions.put(1L, "v2");

        assertThat(lines(written(1, "v1"))).containsExactly("reset FAILED to [7]");
        assertThat(lines(written(1, "v1"), written(1, "v2")))
                .containsExactly("reset FAILED to [7]", "ENTER [1:{name=\"TR\"}] to [7]");
    }

    @Test
    void withoutAVersionNothingIsAskedAndNothingShown() {
        court.undecidable("same", CLERK, AZIZ);
        court.list(AZIZ);
        court.readable.put(1L, Set.of(AZIZ));

        assertThat(lines(Court.updated(1, "{'name': 'a'}", "{'name': 'b'}"))).containsExactly("reset FAILED to [7]");
        assertThat(court.asked).isEmpty();
    }

    @Test
    void aRecordThatIsGoneWhenOdooIsAskedIsNotShown() {
        court.undecidable("same", CLERK, AZIZ);
        court.list(AZIZ);
        court.readable.put(1L, Set.of(AZIZ));

        assertThat(lines(written(1, "v1"))).containsExactly("reset FAILED to [7]");
    }

    @Test
    void withoutAnAnswerNothingIsShown() {
        court.undecidable("same", CLERK, AZIZ).grant("[]", CLERK, BOBUR);
        court.list(AZIZ);
        court.list(BOBUR);
        court.judge(Court.updated(1, "{}", "{}"));
        court.away = true;

        assertThat(lines(written(1, "v1")))
                .containsExactlyInAnyOrder("reset FAILED to [7]", "UPDATE [1:{name=\"TR\"}] to [8]");
    }

    @Test
    void aDeletionOfWhatMayHaveBeenInSightIsAResetWithoutIds() {
        court.undecidable("same", CLERK, AZIZ);
        court.list(AZIZ);

        assertThat(lines(deleted(SOMEBODY, 1, "{'name': 'TR'}"))).containsExactly("reset DELETED to [7]");
        assertThat(court.asked).isEmpty();
    }

    @Test
    void allThatIsUndecidedInABurstIsOneQuestion() {
        court.undecidable("same", CLERK, AZIZ, BOBUR).undecidable("other", CLERK, CHARI);
        court.list(AZIZ);
        court.list(BOBUR);
        court.list(CHARI);
        court.versions.put(1L, "v1");
        court.versions.put(2L, "v1");
        court.readable.put(1L, Set.of(AZIZ, BOBUR));
        court.readable.put(2L, Set.of(CHARI));

        assertThat(lines(written(1, "v1"), written(2, "v1")))
                .containsExactlyInAnyOrder(
                        "ENTER [1:{name=\"TR\"}] to [7, 8]",
                        "reset NOT_READABLE to [9]",
                        "reset NOT_READABLE to [7, 8]",
                        "ENTER [2:{name=\"TR\"}] to [9]");
        assertThat(court.asked).hasSize(1);
    }

    /** Whoever was promoted a moment ago must not lend a yes to those who still see the same as before. */
    @Test
    void aClassWhoseViewersNoLongerAgreeIsShownNothing() {
        court.undecidable("same", CLERK, AZIZ, BOBUR);
        court.list(AZIZ);
        court.list(BOBUR);
        court.versions.put(1L, "v1");
        court.readable.put(1L, Set.of(AZIZ));

        assertThat(lines(written(1, "v1"))).containsExactly("reset FAILED to [7, 8]");
    }

    @Test
    void anAnswerIsRememberedForItsVersionUntilRightsChangeOrSecondsPass() {
        court.undecidable("same", CLERK, AZIZ);
        court.list(AZIZ);
        court.versions.put(1L, "v1");
        court.readable.put(1L, Set.of(AZIZ));

        lines(written(1, "v1"));
        lines(written(1, "v1"));
        assertThat(court.asked).hasSize(1);

        lines(Court.rights("traversed"), written(1, "v1"));
        assertThat(court.asked).hasSize(2);

        court.pass(Duration.ofSeconds(11));
        lines(written(1, "v1"));
        assertThat(court.asked).hasSize(3);
    }

    /** Everybody waits while Odoo is asked, also those whose rights the values decide. */
    @Test
    void afterASlowAnswerNothingIsAskedForFourTimesAsLong() {
        court.undecidable("same", CLERK, AZIZ).grant("[]", CLERK, BOBUR);
        court.list(AZIZ);
        court.list(BOBUR);
        court.versions.put(1L, "v1");
        court.versions.put(2L, "v1");
        court.readable.put(1L, Set.of(AZIZ));
        court.readable.put(2L, Set.of(AZIZ));
        court.pondering = Duration.ofSeconds(5);

        assertThat(lines(written(1, "v1")))
                .containsExactlyInAnyOrder("ENTER [1:{name=\"TR\"}] to [7]", "UPDATE [1:{name=\"TR\"}] to [8]");
        court.pass(Duration.ofSeconds(19));
        assertThat(lines(written(2, "v1")))
                .containsExactlyInAnyOrder("reset FAILED to [7]", "UPDATE [2:{name=\"TR\"}] to [8]");
        assertThat(court.asked).hasSize(1);

        court.pass(Duration.ofSeconds(1));
        assertThat(lines(written(2, "v1")))
                .containsExactlyInAnyOrder("ENTER [2:{name=\"TR\"}] to [7]", "UPDATE [2:{name=\"TR\"}] to [8]");
    }

    @Test
    void anEventThatCannotBeJudgedIsAResetOfWhatItsUserWatches() {
        court.undecidable("same", CLERK, AZIZ, BOBUR);
        court.list(AZIZ);
        court.channel.arrive(new Viewer(AZIZ, List.of(1L)));
        court.channel.arrive(new Viewer(BOBUR, List.of(1L)));
        var event = new Change.Event(
                "ready",
                TRANSFER,
                SOMEBODY,
                Instant.EPOCH,
                Set.of(AZIZ, BOBUR),
                List.of(image(1, "{'name': 'TR'}", "v1")),
                Set.of());

        assertThat(lines(event)).containsExactly("reset FAILED to [7]");

        court.versions.put(1L, "v1");
        court.readable.put(1L, Set.of(AZIZ, BOBUR));
        assertThat(lines(event)).containsExactly("event [1:{name=\"TR\"}] to [7, 8]");
    }

    /** Else whoever chooses the domain could tell from resets what is in records that they may not read. */
    @Test
    void theViewSaysNothingOfWhatMayNotBeRead() {
        court.undecidable("same", CLERK, AZIZ);
        filtered("[['amount', '=', 5]]");
        filtered("[['amount', '!=', 5]]");
        court.versions.put(1L, "v1");

        assertThat(lines(paid(5, 5))).containsExactly("reset NOT_READABLE to [7]", "reset NOT_READABLE to [7]");
        assertThat(lines(paid(5, 6))).containsExactly("reset NOT_READABLE to [7]", "reset NOT_READABLE to [7]");
        court.pass(Duration.ofSeconds(11));
        court.versions.put(1L, "v2");
        assertThat(lines(paid(5, 5))).containsExactly("reset FAILED to [7]", "reset FAILED to [7]");
        assertThat(lines(deleted(SOMEBODY, 1, "{'amount': 5, 'active': true}")))
                .containsExactly("reset DELETED to [7]", "reset DELETED to [7]");
    }

    @Test
    void whatMayBeReadAndIsOutsideOfTheViewAsBeforeIsNotMentioned() {
        court.undecidable("same", CLERK, AZIZ);
        filtered("[['amount', '=', 5]]");
        court.readable.put(1L, Set.of(AZIZ));
        court.versions.put(1L, "v1");

        assertThat(lines(named(6))).isEmpty();
        assertThat(lines(named(5))).containsExactly("ENTER [1:{active=true, amount=5, name=\"TR\"}] to [7]");
        assertThat(lines(paid(7, 6))).containsExactly("reset NOT_READABLE to [7]");
    }

    private void filtered(String domain) {
        assertThat(court.list(AZIZ, domain).feed().filtered()).isTrue();
    }

    private static Change.Records paid(int before, int after) {
        return records(
                Operation.UPDATE,
                SOMEBODY,
                List.of(image(1, "{'active': true, 'amount': %d}".formatted(after), "v1")),
                List.of(),
                List.of(image(1, "{'amount': %d}".formatted(before))),
                Set.of("amount"));
    }

    private static Change.Records named(int amount) {
        return records(
                Operation.UPDATE,
                SOMEBODY,
                List.of(image(1, "{'active': true, 'name': 'TR', 'amount': %d}".formatted(amount), "v1")),
                List.of(),
                List.of(image(1, "{'name': 'old'}")),
                Set.of("name"));
    }

    private List<String> lines(Change... changes) {
        return court.judge(changes).stream().map(Court::line).toList();
    }

    private static Change.Records written(long id, String version) {
        return records(
                Operation.UPDATE,
                SOMEBODY,
                List.of(image(id, "{'name': 'TR'}", version)),
                List.of(),
                List.of(image(id, "{'name': 'old'}")),
                Set.of("name"));
    }
}
