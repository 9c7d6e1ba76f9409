package io.amanat.bridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.journal.Journal.Reading;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Appending, reading from everywhere, dropping and new epochs, all at once. */
@Timeout(120)
class TrafficTest {

    private static final int CHANGES = 60_000;
    private static final int READERS = 4;

    /** Dropped from the disk all the time; much of it is not in memory. */
    private static final JournalSettings SMALL = new JournalSettings(Duration.ofHours(1), 20_000, 2 * 1024 * 1024);

    @TempDir
    private Path temp;

    @Test
    void readersSeeEverythingInOrderOrAreToldThatTheyAreBehind() throws Exception {
        long seed = new Random().nextLong();
        try (var journal = DiskJournal.open(temp, SMALL, InstantSource.system());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = new ArrayList<Future<Long>>();
            var reached = new AtomicLongArray(READERS);
            for (int i = 0; i < READERS; i++) {
                int number = i;
                var random = new Random(seed + i);
                readers.add(threads.submit(() -> read(journal, random, it -> reached.set(number, it))));
            }
            for (int i = 1; i <= CHANGES; i++) {
                journal.append(List.of(DiskJournalTest.change("change")), new Position("p" + i));
                if (i % 10_000 == 0) {
                    journal.renew("test");
                    awaitReaders(readers, reached, i - 10_000L);
                }
            }
            long read = 0;
            for (var reader : readers) {
                read += reader.get();
            }
            assertThat(read).as("seed %d", seed).isGreaterThan(CHANGES);
            assertThat(journal.last()).isEqualTo(CHANGES + 6);
        }
    }

    /** Nobody is so far behind that it would see only the end. */
    private static void awaitReaders(List<Future<Long>> readers, AtomicLongArray reached, long offset) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> IntStream.range(0, READERS)
                        .allMatch(it ->
                                reached.get(it) >= offset || readers.get(it).isDone()));
    }

    /** Reads on, and now and then again from somewhere; returns how much it saw. */
    private static long read(Journal journal, Random random, LongConsumer reached) throws InterruptedException {
        long seen = 0;
        long offset = 0;
        while (offset < CHANGES + 6) {
            switch (journal.read(offset, 1 + random.nextInt(500), Duration.ofMillis(100))) {
                case Reading.Entries(var entries) -> {
                    for (var entry : entries) {
                        offset++;
                        assertThat(entry.offset()).isEqualTo(offset);
                        assertThat(entry.change()).isInstanceOf(Change.Gap.class);
                    }
                    seen += entries.size();
                    reached.accept(offset);
                }
                case Reading.Behind(var last) -> offset = Math.max(journal.first() - 1, last - 15_000);
            }
            if (random.nextInt(100) == 0 && offset < CHANGES) {
                offset = Math.max(0, offset - random.nextInt(20_000));
            }
        }
        return seen;
    }
}
