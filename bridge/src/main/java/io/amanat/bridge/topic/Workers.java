package io.amanat.bridge.topic;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock over all topics, and the threads that work under it: one runs errands in order, one tells what is due, one looks after
 * rights, which alone waits for PostgreSQL.
 */
final class Workers implements AutoCloseable {

    /** So often rights are looked after when nobody doubts them. */
    private static final Duration LOOKED_AFTER = Duration.ofMillis(500);

    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(1);
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition due = lock.newCondition();
    private final Condition doubted = lock.newCondition();
    private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private final Semaphore asked = new Semaphore(0);
    private final LongSupplier untilDue;
    private final List<Thread> threads;
    private boolean inDoubt;

    /** Waits for something. */
    private interface Wait {
        void await() throws InterruptedException;
    }

    /**
     * Nobody works yet.
     *
     * @param untilDue in how many nanoseconds something is to be told, 0 or less for now; asked under the lock
     * @param tell called without the lock, as {@code revise} is
     * @param revise asks for what is not known of rights
     */
    Workers(LongSupplier untilDue, Runnable tell, Runnable revise) {
        this.untilDue = untilDue;
        this.threads = List.of(
                thread("amanat-topic-errands", asked::acquire, () -> locked(this::hurry)),
                thread("amanat-topics", this::awaitDue, tell),
                thread("amanat-topic-rights", this::awaitDoubts, revise));
    }

    void start() {
        threads.forEach(Thread::start);
    }

    void locked(Runnable action) {
        locked(() -> {
            action.run();
            return true;
        });
    }

    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Runs this under the lock, soon, after what was asked before. Waits for nobody. */
    void soon(Runnable errand) {
        errands.add(errand);
        asked.release();
    }

    /** Runs at once what was to be run soon. Only under the lock: so nobody overtakes. */
    void hurry() {
        for (var errand = errands.poll(); errand != null; errand = errands.poll()) {
            work(errand);
        }
    }

    /** When something is due has changed. Only under the lock. */
    void due() {
        due.signal();
    }

    /** Rights are not known any more. Only under the lock. */
    void doubt() {
        inDoubt = true;
        doubted.signal();
    }

    private static Thread thread(String name, Wait wait, Runnable work) {
        return Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                while (true) {
                    wait.await();
                    work(work);
                }
            } catch (InterruptedException e) {
                LOG.debug("asked to stop");
            }
        });
    }

    private static void work(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("telling of topics failed", e);
        }
    }

    private void awaitDue() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long left = untilDue.getAsLong(); left > 0; left = untilDue.getAsLong()) {
                due.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitDoubts() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = LOOKED_AFTER.toNanos();
            while (!inDoubt && left > 0) {
                left = doubted.awaitNanos(left);
            }
            inDoubt = false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all of them still work. */
    boolean isAlive() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (var thread : threads) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
