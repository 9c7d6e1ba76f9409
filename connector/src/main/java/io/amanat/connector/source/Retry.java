package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** When to try again after a failure, and what to say until then. Used by one thread. */
final class Retry {

    private final Pace pace;
    private final Backoff backoff;
    private SourceLostException lost;
    private long dueAt;

    Retry(String name, Duration first, Duration longest, Pace pace, RandomGenerator random) {
        this.pace = pace;
        this.backoff = new Backoff(first, longest, random);
        this.dueAt = pace.nanos();
        this.lost = new SourceLostException("not connected to " + name + " yet", null);
    }

    /**
     * Waits until it is time to try.
     *
     * @throws SourceLostException if that is after the deadline: the last failure
     */
    void await(long deadline) throws InterruptedException {
        long until = Math.min(dueAt, deadline);
        pace.pause(Duration.ofNanos(Math.max(0, until - pace.nanos())));
        if (dueAt > deadline) {
            throw lost;
        }
    }

    /** One more failure: the exception to throw. */
    SourceLostException failed(Exception cause) {
        return failed(cause, backoff.next());
    }

    /** The same for what Odoo said; more attempts at what only a person can mend would only lock the account. */
    SourceLostException refused(OdooException cause) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        boolean forAPerson = cause instanceof OdooException.WrongPassword || cause instanceof OdooException.NoDatabase;
        return failed(cause, forAPerson ? backoff.longest() : backoff.next());
    }

    /** The same for what only a person can mend. */
    SourceLostException hopeless(String reason) {
        return failed(new IllegalStateException(reason), backoff.longest());
    }

    private SourceLostException failed(Exception cause, Duration wait) {
        dueAt = pace.nanos() + wait.toNanos();
        lost = new SourceLostException(String.valueOf(cause.getMessage()), cause);
        return lost;
    }

    /** What failed may be tried again at once, but counts. */
    void atOnce() {
        backoff.countFailure();
        dueAt = pace.nanos();
    }

    boolean failedBefore() {
        return backoff.failedBefore();
    }

    void succeeded() {
        backoff.reset();
    }
}
