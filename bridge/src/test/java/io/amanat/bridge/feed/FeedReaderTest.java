package io.amanat.bridge.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.journal.JournalSettings;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.SourceLostException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FeedReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final MemoryJournal journal =
            new MemoryJournal("epoch", new JournalSettings(Duration.ofHours(1), 10, 1_000_000));
    private final ScriptedSource source = new ScriptedSource();

    @Test
    void theChangesOfATransactionAreAppendedInOrder() {
        try (var reader = FeedReader.start(source, journal, Optional::of, InstantSource.fixed(NOW))) {
            source.then(() -> transaction(gap("a"), gap("b")));

            await().until(() -> journal.last() == 2);
            await().untilAsserted(() -> assertThat(reader.state())
                    .isEqualTo(new FeedReader.State(true, Optional.of(NOW), Optional.empty())));
        }
    }

    @Test
    void aLostSourceIsReportedUntilItAnswersAgain() {
        try (var reader = FeedReader.start(source, journal, Optional::of, InstantSource.fixed(NOW))) {
            source.then(() -> {
                throw new SourceLostException("Odoo is away", new IOException("refused"));
            });
            await().until(() -> reader.state().trouble().equals(Optional.of("Odoo is away")));

            source.then(Optional::empty);
            await().until(() -> reader.state().connected());
        }
    }

    @Test
    void anOutageIsOneGapAfterIt() {
        try (var reader = FeedReader.start(source, journal, Optional::of, InstantSource.fixed(NOW))) {
            source.then(() -> {
                throw new IllegalStateException("planted");
            });

            source.then(() -> {
                throw new IllegalStateException("planted");
            });
            await().until(() -> !reader.state().connected());
            assertThat(journal.last()).isZero();

            source.then(Optional::empty);
            await().until(() -> reader.state().connected());
            assertThat(journal.last()).isEqualTo(1);
        }
    }

    @Test
    void whatMayNotTravelIsNeverInTheJournal() {
        try (var reader = FeedReader.start(source, journal, change -> Optional.empty(), InstantSource.fixed(NOW))) {
            source.then(() -> transaction(gap("a")));

            await().until(() -> reader.state().lastChange().isPresent());
            assertThat(journal.last()).isZero();
        }
    }

    @Test
    void nothingIsReadBeforeItIsKnownWhatMayTravel() {
        var known = new AtomicBoolean();
        var asked = new CountDownLatch(2);
        var admit = new Admit() {
            @Override
            public Optional<Change> admit(Change change) {
                return known.get() ? Optional.of(change) : Optional.empty();
            }

            @Override
            public boolean isKnown() {
                asked.countDown();
                return known.get();
            }
        };
        source.then(() -> transaction(gap("a")));
        try (var _ = FeedReader.start(source, journal, admit, InstantSource.fixed(NOW))) {
            await().until(() -> asked.getCount() == 0);
            assertThat(source.script).hasSize(1);

            known.set(true);

            await().until(() -> journal.last() == 1);
        }
    }

    @Test
    void whatIsDurableIsConfirmedToTheSource() {
        try (var _ = FeedReader.start(source, journal, Optional::of, InstantSource.fixed(NOW))) {
            source.then(() -> Optional.of(new Transaction(new Position("17"), List.of(gap("a")))));

            await().until(() -> source.confirmed.equals(List.of(new Position("17"))));
            source.then(Optional::empty);
            source.then(() -> Optional.of(new Transaction(new Position("18"), List.of(gap("b")))));
            await().until(() -> source.confirmed.equals(List.of(new Position("17"), new Position("18"))));
        }
    }

    @Test
    void aPositionThatMovesWithoutChangesIsKeptAboutOnceASecond() {
        try (var _ = FeedReader.start(source, journal, Optional::of, InstantSource.fixed(NOW))) {
            for (int i = 1; i <= 100; i++) {
                var position = new Position(String.valueOf(i));
                source.then(() -> Optional.of(new Transaction(position, List.of())));
            }

            await().pollDelay(Duration.ofMillis(300)).until(() -> source.script.isEmpty());
            assertThat(journal.positions(Duration.ofDays(1))).hasSizeLessThan(10);
            await().until(() -> {
                source.then(Optional::empty);
                return journal.durable().position().equals(new Position("100"));
            });
            assertThat(journal.last()).isZero();
        }
    }

    @Test
    void anotherHistoryIsAnotherEpochThatIsToldOnce() {
        try (var _ = FeedReader.start(source, journal, Optional::of, InstantSource.fixed(NOW))) {
            source.then(() -> transaction(gap("a")));
            source.then(() -> Optional.of(
                    new Transaction(new Position("2"), List.of(gap("b")), Optional.of("the slot was lost"))));

            await().until(() -> journal.positions(Duration.ofDays(1)).equals(List.of(new Position("2"))));
            assertThat(journal.epoch()).isNotEqualTo("epoch");
            assertThat(journal.last()).as("a change, and one gap").isEqualTo(2);
        }
    }

    @Test
    void closingTheReaderClosesTheSource() {
        FeedReader.start(source, journal, Optional::of, InstantSource.fixed(NOW))
                .close();

        assertThat(source.closed).isTrue();
    }

    private static Optional<Transaction> transaction(Change... changes) {
        return Optional.of(new Transaction(new Position("1"), List.of(changes)));
    }

    private static Change gap(String reason) {
        return new Change.Gap(Optional.empty(), reason);
    }

    private static final class ScriptedSource implements ChangeSource {

        private final BlockingQueue<Supplier<Optional<Transaction>>> script = new LinkedBlockingQueue<>();
        private final List<Position> confirmed = new CopyOnWriteArrayList<>();
        private volatile boolean closed;

        void then(Supplier<Optional<Transaction>> step) {
            script.add(step);
        }

        @Override
        public Optional<Transaction> next(Duration timeout) throws InterruptedException {
            return Optional.ofNullable(script.poll(10, TimeUnit.SECONDS)).flatMap(Supplier::get);
        }

        @Override
        public void confirm(Position durable) {
            confirmed.add(durable);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
