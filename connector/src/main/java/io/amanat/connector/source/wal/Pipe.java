package io.amanat.connector.source.wal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Hands transactions from the thread that receives them to the one that asks for them; bounded by the memory they take. Shared. */
final class Pipe {

    private final long mostBytes;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<WalTransaction> queue = new ArrayDeque<>();
    private long bytes;
    private @Nullable WalException failure;

    /** What is larger than {@code mostBytes} passes alone. */
    Pipe(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** Whether there was room in time. */
    boolean offer(WalTransaction transaction, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (isFull(transaction)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            queue.addLast(transaction);
            bytes += transaction.bytes();
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(WalTransaction next) {
        return !queue.isEmpty() && (queue.size() >= most || bytes + next.bytes() > mostBytes);
    }

    /**
     * The next one; what was received before a failure comes first.
     *
     * @throws WalException if no more will come
     */
    Optional<WalTransaction> poll(Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (queue.isEmpty() && left > 0) {
                throwFailure();
                left = changed.awaitNanos(left);
            }
            var next = Optional.ofNullable(queue.pollFirst());
            next.ifPresent(taken -> {
                bytes -= taken.bytes();
                changed.signalAll();
            });
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    void fail(WalException e) {
        lock.lock();
        try {
            failure = e;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
