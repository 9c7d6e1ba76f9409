package io.amanat.bridge.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.journal.Entry;
import io.amanat.bridge.journal.Journal;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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

    @Test
    void behindAFullBurstNothingIsWaitedFor() {
        var large = new MemoryJournal("epoch", new JournalSettings(Duration.ofHours(1), 1_000, 10_000_000));
        var waits = new CopyOnWriteArrayList<Duration>();
        var first = new CountDownLatch(1);
        try (var _ = Follower.start(noting(large, waits), entries -> {
            keep(entries);
            hold(first);
        })) {
            append(large, 1);
            await().until(() -> bursts.size() == 1);
            append(large, Follower.BURST);
            first.countDown();

            await().until(() -> waits.size() >= 4);
            assertThat(bursts.getLast()).hasSize(Follower.BURST);
            assertThat(waits.get(1)).isPositive();
            assertThat(waits.get(2)).isZero();
            assertThat(waits.get(3)).isPositive();
        }
    }

    /** This journal, but it is noted how long reading may wait. */
    private static Journal noting(Journal journal, List<Duration> waits) {
        return (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (self, method, arguments) -> {
                    if (method.getName().equals("read")) {
                        waits.add((Duration) arguments[2]);
                    }
                    try {
                        return method.invoke(journal, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void keep(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        changes.addAll(entries.stream().map(Entry::change).toList());
        bursts.add(entries.stream().map(Entry::offset).toList());
    }

    private void append(int count) {
        append(journal, count);
    }

    private static void append(Journal journal, int count) {
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
