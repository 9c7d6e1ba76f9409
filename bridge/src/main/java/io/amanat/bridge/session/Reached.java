package io.amanat.bridge.session;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Up to which offset every delivery was handed to the shards. Safe to share. */
final class Reached {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long offset;

    Reached(long offset) {
        this.offset = offset;
    }

    void to(long now) {
        lock.lock();
        try {
            offset = Math.max(offset, now);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is this far; false when the time is up. */
    boolean await(long wanted, Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (offset < wanted && left > 0) {
                left = moved.awaitNanos(left);
            }
            return offset >= wanted;
        } finally {
            lock.unlock();
        }
    }
}
