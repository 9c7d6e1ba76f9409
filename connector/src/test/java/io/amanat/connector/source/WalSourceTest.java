package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.wal.Lsn;
import io.amanat.connector.source.wal.Place;
import io.amanat.connector.source.wal.Slot;
import io.amanat.connector.source.wal.Slots;
import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The source {@code wal} on a real PostgreSQL. */
class WalSourceTest {

    private static final String OURS = "[\"odoo\",\"res.groups\",77,\"realtime_updates\"]";

    private final TestDatabase database = TestPostgres.database().published();
    private final List<ChangeSource> opened = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = logOfManyThreads();
    private long txid = 1000;

    private static ListAppender<ILoggingEvent> logOfManyThreads() {
        var log = new ListAppender<ILoggingEvent>();
        log.list = new CopyOnWriteArrayList<>();
        return log;
    }

    @BeforeEach
    void listen() {
        log.start();
        opening().setLevel(Level.INFO);
        opening().addAppender(log);
    }

    @AfterEach
    void leaveNothingBehind() {
        opening().detachAppender(log);
        opening().setLevel(null);
        opened.forEach(ChangeSource::close);
        if (slot().isPresent()) {
            dropSlot();
        }
    }

    @Test
    void aCommitIsReadAndItsPlaceIsKnown() throws InterruptedException {
        var source = from(List.of());
        var beginning = begin(source);

        database.run(insert(41));
        var read = next(source);

        assertThat(beginning.changes()).containsExactly(new Change.Gap(Optional.empty(), "reading begins here"));
        assertThat(created(read)).containsExactly(41L);
        assertThat(read.position().text()).startsWith("wal ");
    }

    @Test
    void theOrderIsThatOfCommits() throws InterruptedException {
        var source = from(List.of());
        begin(source);

        var late = database.begin().run(insert(1));
        database.run(insert(2));
        late.commit();

        assertThat(created(next(source))).containsExactly(2L);
        assertThat(created(next(source))).containsExactly(1L);
    }

    @Test
    void whatIsRolledBackIsNeverSeen() throws InterruptedException {
        var source = from(List.of());
        begin(source);

        database.begin().run(insert(1)).rollback();
        database.begin()
                .run(insert(2))
                .run("SAVEPOINT one")
                .run(insert(3))
                .run("ROLLBACK TO SAVEPOINT one")
                .run(insert(4))
                .commit();

        assertThat(created(next(source))).containsExactly(2L, 4L);
    }

    @Test
    void aTransactionIsOneHoweverLongItIsOpen() throws InterruptedException {
        var source = from(List.of());
        begin(source);

        var open = database.begin().run(insert(1)).run("SAVEPOINT one").run(insert(2));
        for (int id = 10; id < 15; id++) {
            database.run(insert(id));
            assertThat(created(next(source))).containsExactly((long) id);
        }
        open.run("RELEASE SAVEPOINT one").run(insert(3)).commit();

        assertThat(created(next(source))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void afterARestartNothingIsLostOrDoubled() throws InterruptedException {
        var first = from(List.of());
        var positions = new ArrayList<Position>();
        positions.add(begin(first).position());
        var late = database.begin().run(insert(100));
        for (int id = 1; id <= 5; id++) {
            database.run(insert(id));
        }
        for (int id = 1; id <= 3; id++) {
            positions.add(next(first).position());
        }
        first.confirm(positions.get(1));
        first.close();
        late.commit();

        var second = from(positions);

        assertThat(created(next(second))).containsExactly(4L);
        assertThat(created(next(second))).containsExactly(5L);
        assertThat(created(next(second))).containsExactly(100L);
    }

    @Test
    void onlyWhatIsConfirmedIsForgottenByTheServer() throws InterruptedException {
        var source = from(List.of());
        var beginning = begin(source).position();
        database.run(insert(1));
        var read = next(source).position();
        database.run(insert(2));
        next(source);

        assertThat(confirmed()).isEqualTo(lsn(beginning));

        source.confirm(read);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            database.run(insert(9));
            next(source);
            return confirmed().equals(lsn(read));
        });
    }

    @Test
    void whatOthersWriteDoesNotHoldTheLog() throws InterruptedException {
        var source = from(List.of());
        var beginning = begin(source).position();
        database.run("CREATE TABLE other AS SELECT generate_series(1, 10000) AS n");

        var passing = begin(source);

        assertThat(passing.changes()).isEmpty();
        assertThat(passing.newHistory()).isEmpty();
        assertThat(lsn(passing.position()).isAfter(lsn(beginning))).isTrue();
    }

    @Test
    void aSlotThatIsGoneIsMadeAnewAndEverybodyReReads() throws InterruptedException {
        var first = from(List.of());
        var position = begin(first).position();
        first.close();
        dropSlot();
        database.run(insert(1));

        var second = from(List.of(position));
        var gap = next(second);
        database.run(insert(2));

        assertThat(gap.newHistory()).contains("the replication slot is gone");
        assertThat(gap.changes()).containsExactly(new Change.Gap(Optional.empty(), "the replication slot is gone"));
        assertThat(created(next(second))).containsExactly(2L);
    }

    @Test
    void aSlotThatFellTooFarBehindIsReplaced() throws InterruptedException {
        var first = from(List.of());
        var position = begin(first).position();
        first.close();
        for (int i = 0; i < 8; i++) {
            database.run("SELECT pg_logical_emit_message(true, 'amanat', 'x'), pg_switch_wal()");
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            database.run("SELECT pg_logical_emit_message(true, 'amanat', 'x'), pg_switch_wal()");
            database.run("CHECKPOINT");
            return slot().orElseThrow().isLost();
        });

        var gap = next(from(List.of(position)));

        assertThat(gap.newHistory()).contains("the replication slot was left behind and is lost");
        assertThat(slot().orElseThrow().isLost()).isFalse();
    }

    @Test
    void anotherCopyOfTheDatabaseIsANewHistory() throws InterruptedException {
        var elsewhere = new Position("wal 7421000000000000001/1/16384 0/15D6A20");

        var gap = next(from(List.of(elsewhere)));

        assertThat(gap.newHistory()).isPresent();
        assertThat(gap.changes()).hasOnlyElementsOfType(Change.Gap.class);
    }

    @Test
    void afterAnotherKindOfSourceThereIsAGapButTheHistoryGoesOn() throws InterruptedException {
        var gap = next(from(List.of(new Position("311"))));

        assertThat(gap.newHistory()).isEmpty();
        assertThat(gap.changes()).containsExactly(new Change.Gap(Optional.empty(), "read in another way before"));
    }

    @Test
    void aSlotThatAnotherBridgeReadsIsSaidUntilItEnds() throws InterruptedException {
        var other = from(List.of());
        var position = begin(other).position();
        var source = from(List.of(position));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatThrownBy(() -> source.next(Duration.ofSeconds(1)))
                        .isInstanceOf(SourceLostException.class)
                        .hasMessageContaining("another bridge reads this slot"));

        other.close();
        database.run(insert(1));
        assertThat(created(next(source))).containsExactly(1L);
    }

    @Test
    void thatReadingBeginsIsSaidWhenItDoesAndAlarmsNobodyTheFirstTime() throws InterruptedException {
        var other = from(List.of());
        begin(other);
        var source = from(List.of());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatThrownBy(() -> source.next(Duration.ofSeconds(1)))
                        .hasMessageContaining("another bridge reads this slot"));

        assertThat(said("everybody re-reads")).containsExactly("INFO reading begins here");

        other.close();
        begin(source);
        assertThat(said("everybody re-reads")).containsExactly("INFO reading begins here", "INFO reading begins here");
        source.close();
        begin(from(List.of(new Position("311"))));
        assertThat(said("everybody re-reads")).last().isEqualTo("WARN read in another way before");
    }

    /** Of the lines with this at their end, how grave they are and what they say of our slot. */
    private List<String> said(String end) {
        var slot = "slot %s: ".formatted(database.wal().slot());
        return log.list.stream()
                .filter(it -> it.getFormattedMessage().startsWith(slot)
                        && it.getFormattedMessage().endsWith("; " + end))
                .map(it -> it.getLevel()
                        + " "
                        + it.getFormattedMessage().replace(slot, "").replace("; " + end, ""))
                .toList();
    }

    private static Logger opening() {
        return (Logger) LoggerFactory.getLogger("io.amanat.connector.source.wal.WalOpening");
    }

    @Test
    void whenTheServerEndsTheConnectionReadingGoesOnWhereItWas() throws InterruptedException {
        var source = from(List.of());
        begin(source);
        for (int id = 1; id <= 20; id++) {
            database.run(insert(id));
            if (id % 5 == 0) {
                endReader();
            }
        }

        var read = new ArrayList<Long>();
        while (read.size() < 20) {
            read.addAll(created(next(source)));
        }

        assertThat(read)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void aPublicationThatIsMissingIsSaidWithWhatToDo() {
        database.run("DROP PUBLICATION amanat");
        var source = from(List.of());

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatThrownBy(() -> source.next(Duration.ofSeconds(1)))
                        .isInstanceOf(SourceLostException.class)
                        .hasMessageContaining("no publication amanat; 'amanat slot setup'"));
    }

    @Test
    void aTransactionThatIsTooLargeIsAGap() throws InterruptedException {
        var source = from(List.of());
        begin(source);

        database.run(
                "INSERT INTO bus_bus (channel, message) SELECT '%s', repeat('x', 1000) FROM generate_series(1, 2000)"
                        .formatted(OURS));
        database.run(insert(1));

        assertThat(next(source).changes())
                .hasOnlyElementsOfType(Change.Gap.class)
                .hasSize(1);
        assertThat(created(next(source))).containsExactly(1L);
    }

    @Test
    void whatIsNotOursIsNotRead() throws InterruptedException {
        var source = from(List.of());
        begin(source);

        database.run(insert("\"realtime_updates\"", 1));
        database.run(insert("[\"odoo\",\"realtime_updates\"]", 2));
        database.run(insert("[\"odoo\",\"res.partner\",77,\"realtime_updates\"]", 3));
        database.run(insert("[\"odoo\",\"res.groups\",77,\"realtime_updates_1\"]", 4));
        database.run(insert("[\"odoo\",\"res.groups\",77]", 5));
        database.run(insert(6));

        assertThat(created(next(source))).containsExactly(6L);
    }

    @Test
    void compatibleSendersAreReadWhereThatIsWanted() throws InterruptedException {
        var source = ChangeSource.wal(database.wal(), true, List.of());
        opened.add(source);
        begin(source);

        database.run(insert("\"realtime_updates\"", 1));
        database.run(insert("[\"odoo\",\"realtime_updates\"]", 2));

        assertThat(next(source).changes())
                .as("before Odoo 16 anybody may write there")
                .containsExactly(new Change.Gap(
                        Optional.of("amanat.transfer"),
                        "reset by the add-on: sent where anybody may send; install the add-on, which closes it"));
        assertThat(created(next(source))).containsExactly(2L);
    }

    @Test
    void aMessageToOneselfTellsNoChange() throws InterruptedException {
        var source = from(List.of());
        begin(source);

        database.run("INSERT INTO bus_bus (channel, message) VALUES ('%s', '%s')"
                .formatted(
                        OURS,
                        "{\"type\":\"realtime_updates\",\"payload\":{\"v\":1,\"type\":\"canary\",\"nonce\":\"x\"}}"));
        database.run(insert(1));

        assertThat(created(next(source))).containsExactly(1L);
        assertThat(source.figures().kind()).isEqualTo("wal");
        assertThat(source.figures().messages()).isEqualTo(2);
    }

    @Test
    void aSlotThatIsOlderThanItsPublicationIsReplacedAndEverybodyReadsAgain() throws InterruptedException {
        var before = from(List.of());
        var place = begin(before).position();
        before.close();
        database.run("DROP PUBLICATION " + TestDatabase.PUBLICATION);
        database.run(insert(1));
        database.published();

        var source = from(List.of(place));
        var read = begin(source);
        database.run(insert(2));

        assertThat(read.newHistory()).contains("the replication slot is older than the publication");
        assertThat(read.changes()).hasOnlyElementsOfType(Change.Gap.class);
        assertThat(created(next(source))).containsExactly(2L);
    }

    @Test
    void theLagIsTheAgeOfACommitWhenItComes() throws InterruptedException {
        var source = from(List.of());
        begin(source);
        assertThat(source.figures().lag()).isEmpty();

        database.run(insert(1));
        next(source);

        assertThat(source.figures().lag().orElseThrow()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aRowThatCannotBeReadIsAGap() throws InterruptedException {
        var source = from(List.of());
        begin(source);

        database.run("INSERT INTO bus_bus (channel, message) VALUES ('%s', '{')".formatted(OURS));

        assertThat(next(source).changes())
                .containsExactly(new Change.Gap(Optional.empty(), "a message of the bus is not JSON"));
    }

    @Test
    void whoReadsCanBeStopped() throws InterruptedException {
        var source = from(List.of());
        begin(source);
        var stopped = new CompletableFuture<Boolean>();

        var reader = Thread.ofPlatform().start(() -> {
            try {
                source.next(Duration.ofMinutes(5));
                stopped.complete(false);
            } catch (InterruptedException e) {
                stopped.complete(true);
            }
        });
        await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
        reader.interrupt();

        assertThat(stopped.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
    }

    private Optional<Slot> slot() {
        try (var slots = Slots.of(database.settings(), Duration.ofSeconds(20))) {
            return slots.find(database.wal().slot());
        }
    }

    private Lsn confirmed() {
        return slot().orElseThrow().confirmed();
    }

    private static Lsn lsn(Position position) {
        return Place.parse(position.text()).orElseThrow().lsn();
    }

    private void endReader() {
        database.run("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '%s'"
                .formatted(database.wal().slot()));
    }

    private void dropSlot() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> slot().filter(it -> it.reader().isPresent()).isEmpty());
        database.run(
                "SELECT pg_drop_replication_slot('%s')".formatted(database.wal().slot()));
    }

    private ChangeSource from(List<Position> positions) {
        var source = ChangeSource.wal(database.wal(), false, positions);
        opened.add(source);
        return source;
    }

    /** The first thing that is read: where reading begins. */
    private static Transaction begin(ChangeSource source) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                var next = source.next(Duration.ofSeconds(1));
                if (next.isPresent()) {
                    return next.get();
                }
            } catch (SourceLostException e) {
                assertThat(e).hasMessageNotContaining("password");
            }
        }
        throw new AssertionError("nothing was read within a minute");
    }

    /** What is read next, without what only says how far. */
    private static Transaction next(ChangeSource source) throws InterruptedException {
        var read = begin(source);
        while (read.changes().isEmpty()) {
            read = begin(source);
        }
        return read;
    }

    private static List<Long> created(Transaction transaction) {
        return transaction.changes().stream()
                .map(Change.Records.class::cast)
                .flatMap(change -> change.now().stream())
                .map(image -> ((RecordRef.Serial) image.key()).id())
                .toList();
    }

    private String insert(long id) {
        return insert(OURS, id);
    }

    private String insert(String channel, long id) {
        var message =
                "{\"type\":\"realtime_updates\",\"payload\":{\"v\":1,\"type\":\"create\",\"model\":\"amanat.transfer\","
                        + "\"user_id\":7,\"user_name\":\"Aziz\",\"timestamp\":\"2026-11-21T10:00:00Z\",\"txid\":%d,"
                                .formatted(++txid)
                        + "\"origin\":false,\"lang\":\"en_US\",\"records\":[{\"id\":%d,\"name\":\"TR\"}]}}"
                                .formatted(id);
        return "INSERT INTO bus_bus (create_uid, channel, message) VALUES (7, '%s', '%s')".formatted(channel, message);
    }
}
