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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FeedReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final MemoryJournal journal = new MemoryJournal("epoch", new JournalSettings(10, 1_000_000));
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
        private volatile boolean closed;

        void then(Supplier<Optional<Transaction>> step) {
            script.add(step);
        }

        @Override
        public Optional<Transaction> next(Duration timeout) throws InterruptedException {
            return Optional.ofNullable(script.poll(10, TimeUnit.SECONDS)).flatMap(Supplier::get);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
