package io.amanat.e2e.wal;

import io.amanat.bridge.journal.DiskJournal;
import io.amanat.bridge.journal.Journal;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.wal.WalSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** What the bridge does with a source: hands each transaction to a journal on disk and confirms what is durable; remembers when. */
final class Intake implements AutoCloseable {

    private static final Duration WAIT = Duration.ofSeconds(1);

    private final ChangeSource source;
    private final Journal journal;
    private final ConcurrentHashMap<Long, Long> arrivals = new ConcurrentHashMap<>();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean timed = true;
    private Position confirmed = Position.NOW;

    Intake(WalSettings wal, Path directory, List<Position> from) {
        source = ChangeSource.wal(wal, false, from);
        journal = DiskJournal.open(directory, JournalSettings.DEFAULT, InstantSource.system());
        thread = Thread.ofPlatform().name("intake").daemon().start(this::run);
    }

    /** Reading began, with the gap with which every source begins. */
    void awaitBeginning() throws InterruptedException {
        begun.await();
    }

    /** When the row of this id was handed on, as {@link System#nanoTime} counts. */
    long arrival(long id) {
        return arrivals.getOrDefault(id, 0L);
    }

    int arrived() {
        return arrivals.size();
    }

    /** From now on rows are only counted. */
    void countOnly() {
        timed = false;
    }

    long rows() {
        return rows.get();
    }

    long gaps() {
        return gaps.get();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                source.next(WAIT).ifPresent(this::take);
                var durable = journal.durable().position();
                if (!durable.equals(confirmed)) {
                    confirmed = durable;
                    source.confirm(durable);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Transaction transaction) {
        journal.append(transaction.changes(), transaction.position());
        long now = System.nanoTime();
        if (begun.getCount() > 0) {
            begun.countDown();
            return;
        }
        for (var change : transaction.changes()) {
            switch (change) {
                case Change.Records records -> took(records.now(), now);
                case Change.Gap _ -> gaps.incrementAndGet();
                default -> throw new IllegalStateException("something was read that nobody wrote");
            }
        }
    }

    private void took(List<Image> images, long now) {
        if (timed) {
            images.forEach(image -> arrivals.put(((RecordRef.Serial) image.key()).id(), now));
        }
        rows.addAndGet(images.size());
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        source.close();
        journal.close();
    }
}
