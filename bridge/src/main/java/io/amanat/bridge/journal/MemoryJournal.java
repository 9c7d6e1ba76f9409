package io.amanat.bridge.journal;

import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A journal in this process: a ring of the newest changes, bounded in number and size. Every start is a new epoch. */
public final class MemoryJournal implements Journal {

    private static final Entry EMPTY = new Entry(0, new Change.Gap(Optional.empty(), "dropped"));

    private final String epoch;
    private final Entry[] ring;
    private final long[] sizes;
    private final long most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private volatile long last;
    private long dropped;
    private long bytes;

    /**
     * An empty journal.
     *
     * @param epoch a name that no earlier journal had
     */
    public MemoryJournal(String epoch, JournalSettings settings) {
        this.epoch = epoch;
        this.ring = new Entry[settings.entries()];
        this.sizes = new long[settings.entries()];
        this.most = settings.bytes();
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public long last() {
        return last;
    }

    @Override
    public long append(List<Change> changes) {
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

    /** Forgets the oldest entry. */
    private void drop() {
        dropped++;
        bytes -= sizes[slot(dropped)];
        ring[slot(dropped)] = EMPTY;
    }

    private int slot(long offset) {
        return (int) (offset % ring.length);
    }

    @Override
    public Reading read(long offset, int most, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitAfter(offset, timeout);
            return offset < dropped ? new Reading.Behind(last) : entries(offset, most);
        } finally {
            lock.unlock();
        }
    }

    private void awaitAfter(long offset, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        while (last <= offset && left > 0) {
            left = appended.awaitNanos(left);
        }
    }

    private Reading entries(long offset, int most) {
        var entries = new ArrayList<Entry>();
        for (long next = offset + 1; next <= last && entries.size() < most; next++) {
            entries.add(ring[slot(next)]);
        }
        return new Reading.Entries(entries);
    }
}
