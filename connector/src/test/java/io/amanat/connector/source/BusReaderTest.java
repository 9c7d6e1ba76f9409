package io.amanat.connector.source;

import static io.amanat.connector.source.Samples.created;
import static io.amanat.connector.source.Samples.frame;
import static io.amanat.connector.source.Samples.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.change.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusReaderTest {

    /** One transaction writes one field of a record, and then it or another one another field. */
    private static final String DONE = updated(1, 80, "'state': 'open'", "'state': 'done', 'amount': 1");

    private static final Change DONE_AND_PAID = new Change.Records(
            "amanat.transfer",
            Operation.UPDATE,
            new Actor(7, "Aziz", Optional.empty()),
            Instant.parse("2026-11-21T10:00:00Z"),
            List.of(image(1, "state", "done", "amount", 2)),
            List.of(),
            List.of(image(1, "state", "open", "amount", 1)),
            Set.of("state", "amount"),
            Set.of());

    private final FakePace pace = new FakePace();
    private final FakeRows rows = new FakeRows();
    private final List<Position> positions = new ArrayList<>();
    private BusReader reader = reader(List.of());

    @Test
    void readingBeginsWithOneGapAndWithoutWhatWasThereBefore() {
        rows.send(80, 1);

        assertThat(swept()).containsExactly("gap of everything: reading begins here");
        rows.send(81, 2);
        assertThat(swept()).containsExactly("2");
    }

    @Test
    void whatWasOpenWhenReadingBeganIsFoundWithItsValues() {
        var open = rows.take(80, 1);
        rows.send(81, 2);
        swept();

        rows.commit(open);
        assertThat(swept()).containsExactly("1");
    }

    @Test
    void aStartThatDoesNotReachBackFarEnoughIsMadeGoodByOneGapLater() {
        for (int i = 0; i <= BusRows.REACH; i++) {
            rows.send(80 + i, 1);
        }
        swept();
        sweepFor(129);
        assertThat(returned()).isEmpty();

        sweepFor(10);

        assertThat(returned())
                .containsExactly("gap of everything: what was sent before reading began may have been committed since");
    }

    /** The bus holds more than is read at the beginning, of one minute; nothing is open for longer than this. */
    @ParameterizedTest
    @CsvSource({"30, 0", "57, 0", "59, 1", "120, 1"})
    void aStartThatReachesBackToBeforeAllOpenTransactionsIsProven(int oldestSeconds, int gaps) {
        var first = Instant.parse("2026-11-21T10:00:00Z");
        for (int i = 0; i <= BusRows.REACH; i++) {
            var sent = first.plusMillis(i * 60_000L / BusRows.REACH);
            rows.commit(rows.take(
                    Samples.created(rows.sequence + 1, 80 + i, 1).replace(first.toString(), sent.toString())));
        }
        rows.oldest = Duration.ofSeconds(oldestSeconds);
        swept();

        sweepFor(140);

        assertThat(returned()).hasSize(gaps);
    }

    @Test
    void whatIsCommittedLateIsFoundBySweepsWithItsValues() {
        swept();
        var late = rows.take(80, 1);
        rows.send(81, 2);
        assertThat(swept()).containsExactly("2");
        sweepFor(70);
        rows.commit(late);

        assertThat(swept()).containsExactly("1");
    }

    /** Its own values may be older than what was handed on; what it changed may have taken the record out of somebody's sight. */
    @Test
    void whatIsFoundLateAfterALaterChangeOfItsRecordLeadsFromBeforeItToAfterBoth() {
        swept();
        var late = rows.take(DONE);
        rows.commit(rows.take(paid(81)));
        swept();
        rows.commit(late);

        assertThat(changes()).containsExactly(DONE_AND_PAID);
    }

    /** That tab draws nothing of its own changes. */
    @Test
    void alsoTheTabThatMadeTheLaterChangeIsToDrawIt() {
        swept();
        var late = rows.take(DONE);
        var origin = "\"9f1c4e0a8b7d4c21a0f3f3b2c1d0e9f8\"";
        rows.commit(rows.take(paid(81).replace("\"origin\": false", "\"origin\": " + origin)));
        assertThat(changes())
                .singleElement()
                .satisfies(it -> assertThat(origin(it)).isPresent());
        rows.commit(late);

        assertThat(changes())
                .singleElement()
                .satisfies(it -> assertThat(origin(it)).isEmpty());
    }

    private static Optional<String> origin(Change change) {
        return ((Change.Records) change).actor().origin();
    }

    @Test
    void whatIsFoundLateAfterALaterChangeWithoutValuesHasNone() {
        swept();
        var late = rows.take(80, 1);
        rows.commit(rows.take(created(2, 81, 9).replace("\"create\"", "\"bulk\", \"operation\": \"update\"")));
        assertThat(swept()).containsExactly("bulk");
        rows.commit(late);

        assertThat(swept()).containsExactly("gap of amanat.transfer: found late");
    }

    @Test
    void theRestOfATransactionThatWasHandedOnInPartFollows() throws Malformed {
        swept();
        rows.send(80, 1);
        rows.send(80, 2);
        reader.frame(frame(created(2, 80, 2)));
        assertThat(returned()).containsExactly("2");

        assertThat(swept()).containsExactly("1");
    }

    /** Else a record that a transaction took out of sight in two flushes would be judged by what it was between them. */
    @Test
    void theRestIsHandedOnWithWhatThePartSaidOfTheSameRecords() throws Malformed {
        swept();
        rows.commit(rows.take(DONE));
        rows.commit(rows.take(paid(80)));
        reader.frame(frame(paid(80)));
        returned();

        assertThat(changes()).containsExactly(DONE_AND_PAID);
    }

    @Test
    void theRestOfATransactionOfWhichAPartHadNoValuesHasNone() throws Malformed {
        swept();
        rows.send(80, 1);
        var silenced = created(2, 80, 1).replace("\"create\"", "\"bulk\", \"operation\": \"update\"");
        rows.commit(rows.take(silenced));
        reader.frame(frame(silenced));
        assertThat(returned()).containsExactly("bulk");

        assertThat(swept()).containsExactly("gap of amanat.transfer: found late");
    }

    @Test
    void aMessageComesOnceHoweverItIsRead() throws Malformed {
        swept();
        rows.send(80, 1);
        reader.frame(frame(created(1, 80, 1)));
        reader.frame(frame(created(1, 80, 1)));

        assertThat(swept()).containsExactly("1");
    }

    @Test
    void allMessagesOfATransactionAreOne() {
        swept();
        rows.send(80, 1);
        rows.send(81, 2);
        rows.send(80, 3);

        assertThat(swept()).containsExactly("2", "1+3");
    }

    @Test
    void theFloorRisesToWhatIsOlderThanTheLateness() {
        swept();
        for (int i = 0; i < 300; i++) {
            rows.send(80 + i, i + 1);
            sweepFor(1);
        }

        assertThat(reader.start().floor()).isBetween(300L - 130 - 12, 300L - 130);
    }

    @Test
    void theFloorStaysAsLongAsNoSweepIsDone() throws Malformed {
        swept();
        reader.frame(frame(created(7, 80, 1)));
        pace.advance(Duration.ofHours(1));

        assertThat(reader.start().floor()).isZero();
    }

    @Test
    void aTransactionThatStaysOpenTooLongEndsInAGap() {
        swept();
        var late = rows.take(80, 1);
        rows.send(81, 2);
        for (int second = 1; second <= 200; second++) {
            rows.oldest = Duration.ofSeconds(second);
            sweepFor(1);
        }
        assertThat(returned()).containsExactly("2");

        rows.commit(late);
        rows.oldest = Duration.ZERO;

        assertThat(swept())
                .containsExactly("gap of everything: a transaction was open for longer than the tolerated lateness");
    }

    @Test
    void soDoesOneThatEndedWhileNobodyRead() {
        swept();
        var late = rows.take(80, 1);
        rows.send(81, 2);
        for (int second = 1; second <= 200; second++) {
            rows.oldest = Duration.ofSeconds(second);
            sweepFor(1);
        }
        returned();
        rows.commit(late);
        rows.oldest = Duration.ZERO;

        restart();

        assertThat(swept())
                .containsExactly("gap of everything: a transaction was open for longer than the tolerated lateness");
    }

    @Test
    void aRestartGoesOnWhereItStoppedWithoutGapOrDouble() {
        swept();
        rows.send(80, 1);
        var late = rows.take(81, 2);
        rows.send(82, 3);
        swept();
        rows.send(83, 4);
        restart();

        assertThat(swept()).containsExactly("4");
        rows.commit(late);
        assertThat(swept()).containsExactly("2");
    }

    @Test
    void afterARestartNothingOlderIsHandedOnThanBefore() {
        swept();
        var late = rows.take(DONE);
        rows.commit(rows.take(paid(81)));
        swept();
        restart();
        swept();
        rows.commit(late);

        assertThat(changes()).containsExactly(DONE_AND_PAID);
    }

    @Test
    void aRestartAfterPartOfABatchBringsTheRest() {
        swept();
        rows.send(80, 1);
        rows.send(81, 2);
        rows.send(82, 3);
        var start = reader.start();
        reader.swept(start.sweep(rows), start);
        handOn();
        reader = reader(positions);

        assertThat(swept()).containsExactly("2", "3");
    }

    /** A full disk may have taken the positions of the last minute with it. */
    @Test
    void whoDoesNotKnowAllThatWasReadAboveTheFloorBeginsAnewInsteadOfReadingItAgain() {
        swept();
        for (int i = 1; i <= 5; i++) {
            rows.send(80 + i, i);
            swept();
        }
        reader = reader(List.of(positions.getLast()));

        assertThat(swept()).containsExactly("gap of everything: it is not known any more what was read before");
        rows.send(99, 9);
        assertThat(swept()).containsExactly("9");
    }

    @Test
    void rowsThatWereRemovedBeforeTheyWereReadLeaveAGap() {
        rows.retention = Duration.ofMinutes(10);
        swept();
        rows.send(80, 1);
        swept();
        rows.send(81, 2);
        rows.clean(2);
        pace.advance(Duration.ofMinutes(9));
        restart();

        assertThat(swept())
                .containsExactly("gap of everything: the bus no longer holds all that was sent since it was read last");
    }

    @Test
    void anAbsenceShorterThanWhatTheBusKeepsIsNoGap() {
        rows.retention = Duration.ofMinutes(10);
        swept();
        rows.send(80, 1);
        swept();
        pace.advance(Duration.ofMinutes(7));
        rows.send(81, 2);
        restart();

        assertThat(swept()).containsExactly("2");
    }

    @Test
    void aClockThatWentBackProvesNothing() {
        swept();
        rows.send(80, 1);
        swept();
        rows.send(81, 2);
        pace.jump(Duration.ofHours(-2));
        restart();

        assertThat(swept()).first().asString().startsWith("gap of everything: the bus no longer holds");
    }

    @Test
    void anAbsenceInWhichNobodySentAnythingIsNoGapHoweverLong() {
        rows.send(80, 1);
        swept();
        sweepFor(300);
        pace.advance(Duration.ofDays(9));
        restart();

        assertThat(swept()).isEmpty();
    }

    @Test
    void anotherCopyOfTheDatabaseIsANewHistory() {
        rows.send(80, 1);
        swept();
        rows.incarnation = "9999/2/16384";
        sweep();

        assertThat(swept())
                .containsExactly(
                        "new history, gap of everything: the database is another copy than before: it was restored or moved");
        rows.send(81, 2);
        assertThat(swept()).containsExactly("2");
    }

    @Test
    void aRestartGoesOnInTheNewHistory() {
        for (int i = 0; i < 10; i++) {
            rows.send(80 + i, i + 1);
        }
        swept();
        sweepFor(300);
        rows.clean(10);
        rows.sequence = 0;
        rows.incarnation = "9999/2/16384";
        sweep();
        swept();
        rows.send(81, 2);
        restart();

        assertThat(swept()).containsExactly("2");
    }

    @Test
    void idsThatStartAgainAreANewHistory() {
        for (int i = 0; i < 10; i++) {
            rows.send(80 + i, 1);
        }
        swept();
        rows.sequence = 3;
        sweep();

        assertThat(swept())
                .singleElement()
                .asString()
                .startsWith("new history, gap of everything: the bus counts from a lower id");
    }

    @Test
    void anAnswerThatWasOvertakenByTheWebsocketIsNoNewHistory() throws Malformed {
        swept();
        rows.send(80, 1);
        var start = reader.start();
        var look = start.sweep(rows);
        reader.frame(frame(created(2, 81, 2)));
        returned();

        reader.swept(look, start);

        assertThat(returned()).containsExactly("1");
    }

    @Test
    void withoutAStateIdsBelowTheFloorTellANewHistory() {
        rows.tellsState = false;
        for (int i = 0; i < 10; i++) {
            rows.send(80 + i, 1);
        }
        swept();
        sweepFor(300);
        rows.send(99, 1);
        returned();
        var start = reader.start();
        assertThat(start.floor()).isEqualTo(10);
        reader.swept(Look.of(10, rows.after(5).messages(), Duration.ofSeconds(100)), start);

        assertThat(swept())
                .singleElement()
                .asString()
                .startsWith("new history, gap of everything: the bus gives ids again");
    }

    @Test
    void aMessageToOneselfIsNoChange() throws Malformed {
        swept();
        var canary =
                "{\"id\": 1, \"message\": {\"type\": \"realtime_updates\", \"payload\": {\"v\": 1, \"type\": \"canary\", \"nonce\": \"ab\"}}}";

        assertThat(reader.frame(frame(canary))).containsExactly("ab");
        assertThat(returned()).isEmpty();
    }

    @Test
    void aMessageThatBreaksTheContractLeavesOneGapAndIsNotReadAgain() {
        swept();
        rows.take("{\"id\": 1, \"message\": {\"type\": \"realtime_updates\", \"payload\": 7}}");
        rows.open.clear();

        assertThat(swept()).singleElement().asString().startsWith("gap of everything: malformed message");
        assertThat(swept()).isEmpty();
    }

    @Test
    void moreThanCanBeCaughtUpWithIsOneGap() {
        swept();
        rows.most = 2;
        for (int i = 0; i < 3; i++) {
            rows.send(80 + i, i + 1);
        }
        sweep();

        assertThat(swept()).containsExactly("gap of everything: more was sent than can be caught up with");
    }

    @Test
    void anEventThatIsFoundLateIsStillAnEvent() {
        swept();
        var late = rows.take(created(1, 80, 1)
                .replace("\"create\"", "\"event\"")
                .replace("\"records\"", "\"action\": \"paid\", \"user_ids\": [7], \"records\""));
        rows.send(81, 1);
        swept();
        rows.commit(late);

        assertThat(swept()).containsExactly("event");
    }

    @Test
    void aPositionIsToldEvenWhenNothingHappens() {
        swept();
        int told = positions.size();
        sweepFor(60);

        assertThat(positions).hasSizeBetween(told + 3, told + 5);
    }

    @Test
    void positionsOfAnotherKindOfSourceAreTakenForUnknown() {
        reader = reader(List.of(new Position("wal 7421/1/16384 16/B374D848")));

        assertThat(swept()).containsExactly("gap of everything: until now, changes were read in another way");
    }

    /** What the next sweep brings. */
    private List<Change> changes() {
        sweep();
        return handOn().orElseThrow().changes();
    }

    private static String paid(long txid) {
        return updated(2, txid, "'amount': 1", "'state': 'done', 'amount': 2");
    }

    private static String updated(long busId, long txid, String before, String now) {
        var field = before.substring(0, before.indexOf(':'));
        var images = "%s}], 'old': [{'id': 1, %s}], 'changed_fields': [%s]".formatted(now, before, field);
        return created(busId, txid, 1)
                .replace("\"create\"", "\"update\"")
                .replace("\"name\": \"TR\"}]", images.replace('\'', '"'));
    }

    private void restart() {
        returned();
        reader = reader(positions);
    }

    private BusReader reader(List<Position> from) {
        return new BusReader(BusSettings.DEFAULT, List.copyOf(from), pace, new Figures());
    }

    private void sweepFor(int seconds) {
        for (int i = 0; i < seconds; i++) {
            pace.advance(Duration.ofSeconds(1));
            sweep();
        }
        keepPositions();
    }

    private final List<String> kept = new ArrayList<>();

    private void keepPositions() {
        kept.addAll(take());
    }

    private void sweep() {
        var start = reader.start();
        reader.swept(start.sweep(rows), start);
    }

    private List<String> swept() {
        sweep();
        return returned();
    }

    private List<String> returned() {
        kept.addAll(take());
        var all = List.copyOf(kept);
        kept.clear();
        return all;
    }

    private List<String> take() {
        var all = new ArrayList<String>();
        for (var next = handOn(); next.isPresent(); next = handOn()) {
            next.filter(it -> !it.changes().isEmpty()).map(BusReaderTest::text).ifPresent(all::add);
        }
        return all;
    }

    private Optional<Transaction> handOn() {
        var next = Optional.ofNullable(reader.poll());
        next.ifPresent(it -> positions.add(it.position()));
        return next;
    }

    private static String text(Transaction transaction) {
        var history = transaction.newHistory().isPresent() ? "new history, " : "";
        return history
                + String.join(
                        "; ",
                        transaction.changes().stream().map(BusReaderTest::text).toList());
    }

    private static String text(Change change) {
        return switch (change) {
            case Change.Records it ->
                String.join(
                        "+",
                        it.now().stream()
                                .map(image -> "" + ((RecordRef.Serial) image.key()).id())
                                .toList());
            case Change.Gap it -> "gap of %s: %s".formatted(it.model().orElse("everything"), it.reason());
            case Change.Event _ -> "event";
            case Change.Bulk _ -> "bulk";
            case Change.Rights _ -> "rights";
        };
    }
}
