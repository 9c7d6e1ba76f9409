package io.amanat.bridge.app;

import io.amanat.bridge.feed.Admit;
import io.amanat.connector.change.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions that were read from the log and that a statement may not see yet: a commit is in the log a moment before other
 * connections see it, and as long as a standby is waited for. Who reads rows waits for them, or would miss for good what is not told
 * again. Safe to share.
 */
final class Commits implements Admit {

    /** Transactions kept; what was committed before so many others is seen. */
    private static final int MOST = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final Duration PAUSE = Duration.ofNanos(300_000);

    private final DataSource connections;
    private final Admit next;
    private final Duration patience;
    private final ReentrantLock looking = new ReentrantLock(true);
    private final AtomicBoolean late = new AtomicBoolean();
    private final ArrayDeque<Read> unseen = new ArrayDeque<>();
    private long count;

    /**
     * The lower half of a transaction's number, which is all that the log says.
     *
     * @param place among all that were read
     */
    private record Read(int transaction, long place) {}

    /** @param next decides what is admitted */
    Commits(DataSource connections, Admit next, Duration patience) {
        this.connections = connections;
        this.next = next;
        this.patience = patience;
    }

    @Override
    public Optional<Change> admit(Change change) {
        change.version().ifPresent(it -> read(Integer.parseUnsignedInt(it)));
        return next.admit(change);
    }

    @Override
    public boolean isKnown() {
        return next.isKnown();
    }

    private synchronized void read(int transaction) {
        if (unseen.isEmpty() || unseen.getLast().transaction() != transaction) {
            unseen.add(new Read(transaction, ++count));
            if (unseen.size() > MOST) {
                unseen.removeFirst();
            }
        }
    }

    private synchronized long newest() {
        return count;
    }

    /**
     * Waits until whatever was read from the log by now is seen by a statement that begins after this. Of all who wait one looks,
     * for all of them: however many there are, one connection is taken.
     *
     * @return whether it is, or patience has ended first
     */
    boolean seen() throws SQLException {
        long until = System.nanoTime() + patience.toNanos();
        long newest = newest();
        boolean seen = areSeen(newest);
        try {
            if (!seen && looking.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    lookUntil(newest, until);
                } finally {
                    looking.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        seen = seen || areSeen(newest);
        tell(seen);
        return seen;
    }

    /** Said once until it is over. */
    private void tell(boolean seen) {
        if (late.getAndSet(!seen) == seen) {
            if (seen) {
                LOG.info("what was read from the log is seen by others again");
            } else {
                LOG.warn("what was read from the log is not seen by others yet; does a standby have to confirm it?");
            }
        }
    }

    private void lookUntil(long newest, long until) throws SQLException {
        if (areSeen(newest)) {
            return;
        }
        try (var connection = connections.getConnection()) {
            look(connection);
            while (!areSeen(newest)
                    && System.nanoTime() - until < 0
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(PAUSE.toNanos());
                look(connection);
            }
        }
    }

    private synchronized boolean areSeen(long newest) {
        return unseen.stream().noneMatch(it -> it.place() <= newest);
    }

    /** Forgets those that a statement sees by now. */
    private void look(Connection connection) throws SQLException {
        int end;
        var running = new HashSet<Integer>();
        long looked = newest();
        try (var query = connection.prepareStatement("""
                        SELECT pg_catalog.pg_snapshot_xmax(now)::pg_catalog.text,
                          ARRAY(SELECT pg_catalog.pg_snapshot_xip(now)::pg_catalog.text)
                        FROM pg_catalog.pg_current_snapshot() AS now""");
                var row = query.executeQuery()) {
            row.next();
            end = (int) Long.parseUnsignedLong(row.getString(1));
            for (var number : (String[]) row.getArray(2).getArray()) {
                running.add((int) Long.parseUnsignedLong(number));
            }
        }
        forget(looked, end, running);
    }

    private synchronized void forget(long looked, int end, Set<Integer> running) {
        unseen.removeIf(
                it -> it.place() <= looked && it.transaction() - end < 0 && !running.contains(it.transaction()));
    }
}
