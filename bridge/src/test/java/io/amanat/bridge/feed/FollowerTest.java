package io.amanat.bridge.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.journal.Entry;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private final MemoryJournal journal =
            new MemoryJournal("epoch", new JournalSettings(Duration.ofHours(1), 100, 1_000_000));
    private final List<List<Long>> bursts = new CopyOnWriteArrayList<>();
    private final List<Change> changes = new CopyOnWriteArrayList<>();

    @Test
    void whatIsAppendedDuringABurstRidesInTheNext() {
        var first = new CountDownLatch(1);
        try (var _ = Follower.start(journal, entries -> {
            keep(entries);
            hold(first);
        })) {
            append(1);
            await().until(() -> bursts.size() == 1);
            append(3);
            first.countDown();

            await().until(() -> bursts.size() == 2);
            assertThat(bursts).containsExactly(List.of(1L), List.of(2L, 3L, 4L));
        }
    }

    @Test
    void aFollowerThatIsOvertakenTellsOfAGap() {
        var first = new CountDownLatch(1);
        try (var _ = Follower.start(journal, entries -> {
            keep(entries);
            hold(first);
        })) {
            append(1);
            await().until(() -> bursts.size() == 1);
            append(101);
            first.countDown();

            await().until(() -> bursts.size() == 2);
            assertThat(bursts.getLast()).containsExactly(102L);
            assertThat(changes.getLast()).isEqualTo(new Change.Gap(Optional.empty(), "not decided in time"));
        }
    }

    @Test
    void aDecisionThatFailsIsAGapAndFollowingGoesOn() {
        try (var _ = Follower.start(journal, entries -> {
            keep(entries);
            if (bursts.size() == 1) {
                throw new OutOfMemoryError("planted");
            }
        })) {
            append(1);
            await().until(() -> bursts.size() == 2);
            append(1);
            await().until(() -> bursts.size() == 3);

            assertThat(bursts).containsExactly(List.of(1L), List.of(1L), List.of(2L));
            assertThat(changes.get(1)).isEqualTo(new Change.Gap(Optional.empty(), "not decided in time"));
        }
    }

    @Test
    void anEmptyBurstComesWhileNothingHappens() {
        var empty = new CountDownLatch(2);
        try (var _ = Follower.start(journal, entries -> {
            if (entries.isEmpty()) {
                empty.countDown();
            }
        })) {
            await().until(() -> empty.getCount() == 0);
        }
    }

    private void keep(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        changes.addAll(entries.stream().map(Entry::change).toList());
        bursts.add(entries.stream().map(Entry::offset).toList());
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            journal.append(List.of(new Change.Gap(Optional.of("m"), "test")), Position.NOW);
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
