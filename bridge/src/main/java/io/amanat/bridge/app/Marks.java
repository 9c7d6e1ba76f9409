package io.amanat.bridge.app;

import io.amanat.bridge.access.rls.Ahead;
import io.amanat.bridge.access.rls.VisibilityException;
import io.amanat.bridge.channel.Numbered;
import io.amanat.bridge.feed.Admit;
import io.amanat.bridge.journal.Journal;
import io.amanat.connector.change.Change;
import io.amanat.connector.source.wal.PublishedTables;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * Finds out what was committed by now: writes a mark into the log and waits until reading has come by it. Marks are in the log only,
 * never in the journal. Safe to share.
 */
public final class Marks implements Admit, Ahead {

    /** Flushed at once, whatever the database prefers: what is not flushed is not read. */
    private static final String WRITE = "SELECT pg_catalog.set_config('synchronous_commit', 'local', true),"
            + " pg_catalog.pg_logical_emit_message(true, ?::pg_catalog.text, ''::pg_catalog.text)";

    /** The most changes that are looked through; whoever is further behind gives no answers. */
    private static final long MOST = 20_000;

    private final DataSource connections;
    private final Journal journal;
    private final String prefix;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrival = lock.newCondition();
    private long written;
    private long read;
    private long overdue;
    private long overdueSince;

    /**
     * Marks of one bridge.
     *
     * @param connections to the database whose log is read
     * @param journal what is read is appended to it, after {@link #admit} has let it through
     * @param name that no other bridge has and nobody can guess; lower-case letters and digits
     * @param patience how long reading may take to come by a mark
     */
    public Marks(DataSource connections, Journal journal, String name, Duration patience) {
        this.connections = connections;
        this.journal = journal;
        this.prefix = PublishedTables.MARK + name + ".";
        this.patience = patience;
    }

    /** Lets through everything but marks; what was read before one is in the journal by then. */
    @Override
    public Optional<Change> admit(Change change) {
        if (change instanceof Change.Event event && event.action().startsWith(PublishedTables.MARK)) {
            if (event.action().startsWith(prefix)) {
                arrived(Long.parseLong(event.action().substring(prefix.length())));
            }
            return Optional.empty();
        }
        return Optional.of(change);
    }

    private void arrived(long number) {
        lock.lock();
        try {
            read = Math.max(read, number);
            arrival.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Change> committed(long place) throws VisibilityException {
        long number = next();
        write(number);
        await(number);
        return read(place);
    }

    /** While a mark is overdue, none is written: the next one would come after it. */
    private long next() throws VisibilityException {
        lock.lock();
        try {
            if (read < overdue && System.nanoTime() - overdueSince < patience.toNanos()) {
                throw new VisibilityException("the log is still not read up to now");
            }
            return ++written;
        } finally {
            lock.unlock();
        }
    }

    private void write(long number) throws VisibilityException {
        try (var connection = connections.getConnection();
                var statement = connection.prepareStatement(WRITE)) {
            statement.setString(1, prefix + number);
            statement.execute();
        } catch (SQLException e) {
            throw new VisibilityException("no mark could be written into the log", e);
        }
    }

    /** A later mark does as well: it was written after this one was asked for. */
    private void await(long number) throws VisibilityException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (read < number && left > 0) {
                left = arrival.awaitNanos(left);
            }
            if (read < number) {
                overdue = number;
                overdueSince = System.nanoTime();
                throw new VisibilityException(
                        "the log was not read up to now within %d ms".formatted(patience.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VisibilityException("interrupted while the log was read up to now", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long newest() {
        return journal.last();
    }

    @Override
    public List<Change> read(long place) throws VisibilityException {
        long last = journal.last();
        if (last - place > MOST) {
            throw new VisibilityException("more than %d changes were read and not decided yet".formatted(MOST));
        }
        return new Past(journal)
                        .between(place, last)
                        .orElseThrow(() -> new VisibilityException("the journal does not go back so far"))
                        .stream()
                        .map(Numbered::change)
                        .toList();
    }
}
