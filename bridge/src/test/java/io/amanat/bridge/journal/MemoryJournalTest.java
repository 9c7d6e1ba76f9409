package io.amanat.bridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.journal.Journal.Reading;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryJournalTest {

    private final MemoryJournal journal =
            new MemoryJournal("epoch", new JournalSettings(Duration.ofHours(1), 3, 1_000_000));

    @Test
    void offsetsBeginAtOneAndHaveNoGaps() throws Exception {
        assertThat(journal.append(List.of(change("a"), change("b")), Position.NOW))
                .isEqualTo(2);
        assertThat(journal.append(List.of(change("c")), Position.NOW)).isEqualTo(3);

        assertThat(journal.read(0, 10, Duration.ZERO)).isEqualTo(entries(1, "a", "b", "c"));
        assertThat(journal.last()).isEqualTo(3);
    }

    @Test
    void aReaderTakesNoMoreThanItAskedFor() throws Exception {
        journal.append(List.of(change("a"), change("b"), change("c")), Position.NOW);

        assertThat(journal.read(1, 1, Duration.ZERO)).isEqualTo(entries(2, "b"));
    }

    @Test
    void aReaderThatIsTooSlowIsToldSo() throws Exception {
        journal.append(List.of(change("a"), change("b"), change("c"), change("d")), Position.NOW);

        assertThat(journal.read(0, 10, Duration.ZERO)).isEqualTo(new Reading.Behind(4));
        assertThat(journal.read(1, 10, Duration.ZERO)).isEqualTo(entries(2, "b", "c", "d"));
    }

    @Test
    void largeChangesPushOutOlderOnes() throws Exception {
        var small = new MemoryJournal("epoch", new JournalSettings(Duration.ofHours(1), 100, 1_500));
        for (int i = 0; i < 5; i++) {
            small.append(List.of(change("x".repeat(600))), Position.NOW);
        }

        assertThat(small.read(0, 10, Duration.ZERO)).isEqualTo(new Reading.Behind(5));
        assertThat(small.read(4, 10, Duration.ZERO)).isEqualTo(entries(5, "x".repeat(600)));
    }

    @Test
    void readingEndsWithoutEntriesWhenTheTimeIsUp() throws Exception {
        assertThat(journal.read(0, 10, Duration.ofMillis(1))).isEqualTo(entries(1));
    }

    @Test
    void aWaitingReaderIsWoken() {
        var reading = CompletableFuture.supplyAsync(() -> readPatiently(journal));

        journal.append(List.of(change("a")), Position.NOW);

        assertThat(reading.join()).isEqualTo(entries(1, "a"));
    }

    private static Reading readPatiently(Journal journal) {
        try {
            return journal.read(0, 10, Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Change change(String reason) {
        return new Change.Gap(Optional.empty(), reason);
    }

    private static Reading entries(long first, String... reasons) {
        var offset = new AtomicLong(first);
        return new Reading.Entries(Arrays.stream(reasons)
                .map(reason -> new Entry(offset.getAndIncrement(), change(reason)))
                .toList());
    }
}
