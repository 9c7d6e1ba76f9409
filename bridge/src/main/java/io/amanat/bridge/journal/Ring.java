package io.amanat.bridge.journal;

import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The newest entries, bounded in number and size, and those who wait for more. Safe to share. */
final class Ring {

    private static final Entry EMPTY = new Entry(0, new Change.Gap(Optional.empty(), "dropped"));

    private final Entry[] ring;
    private final long[] sizes;
    private final long most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private volatile long last;
    private volatile long dropped;
    private long bytes;

    /**
     * An empty ring.
     *
     * @param last the offset before the first entry to come
     */
    Ring(JournalSettings settings, long last) {
        this.ring = new Entry[settings.ringEntries()];
        this.sizes = new long[settings.ringEntries()];
        this.most = settings.ringBytes();
        this.last = last;
        this.dropped = last;
    }

    /** The oldest offset kept; one above {@link #last} when there is none. */
    long first() {
        return dropped + 1;
    }

    long last() {
        return last;
    }

    long append(List<Change> changes) {
        lock.lock();
        try {
            changes.forEach(this::put);
            appended.signalAll();
            return last;
        } finally {
            lock.unlock();
        }
    }

    private void put(Change change) {
        long next = last + 1;
        if (next - dropped > ring.length) {
            drop();
        }
        ring[slot(next)] = new Entry(next, change);
        sizes[slot(next)] = Sizes.of(change);
        bytes += sizes[slot(next)];
        last = next;
        while (bytes > most && dropped < last - 1) {
            drop();
        }
    }

    private void drop() {
        long oldest = dropped + 1;
        bytes -= sizes[slot(oldest)];
        ring[slot(oldest)] = EMPTY;
        dropped = oldest;
    }

    private int slot(long offset) {
        return (int) (offset % ring.length);
    }

    /** Waits until there is something after {@code offset}, or the time is up. */
    void await(long offset, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (last <= offset && left > 0) {
                left = appended.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The entries that follow {@code offset}; nothing if the next one was dropped. */
    Optional<List<Entry>> after(long offset, int most) {
        lock.lock();
        try {
            return offset < dropped ? Optional.empty() : Optional.of(entries(offset, most));
        } finally {
            lock.unlock();
        }
    }

    private List<Entry> entries(long offset, int most) {
        var entries = new ArrayList<Entry>();
        for (long next = offset + 1; next <= last && entries.size() < most; next++) {
            entries.add(ring[slot(next)]);
        }
        return entries;
    }
}
