package io.amanat.bridge.access.rls;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Waits until what was read from the log is what a statement sees. A commit is in the log a moment before other connections see it:
 * what is asked in that moment is answered with the rights of before.
 */
final class Settling {

    private static final Duration PAUSE = Duration.ofNanos(300_000);

    private final DataSource connections;
    private final Duration patience;

    Settling(DataSource connections, Duration patience) {
        this.connections = connections;
        this.patience = patience;
    }

    /**
     * Waits for the transaction with this number, or for all that are on their way when it is not known.
     *
     * @return whether it is seen now
     */
    boolean seen(Optional<String> transaction) throws SQLException {
        long until = System.nanoTime() + patience.toNanos();
        try (var connection = connections.getConnection()) {
            var waited = transaction.isPresent() ? Set.of(transaction.get()) : running(connection);
            while (!done(connection, waited, transaction.isPresent())) {
                if (System.nanoTime() - until > 0 || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            return true;
        }
    }

    private static boolean done(Connection connection, Set<String> waited, boolean known) throws SQLException {
        if (known) {
            return visible(connection, Long.parseLong(waited.iterator().next()));
        }
        var still = new HashSet<>(running(connection));
        still.retainAll(waited);
        return still.isEmpty();
    }

    /**
     * A transaction holds the lock of its own number until other connections see what it did. What waits for its client's next
     * statement is not being committed, and of other databases nothing was read.
     */
    private static Set<String> running(Connection connection) throws SQLException {
        try (var query =
                        connection.prepareStatement("SELECT l.transactionid::pg_catalog.text FROM pg_catalog.pg_locks l"
                                + " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid OPERATOR(pg_catalog.=) l.pid"
                                + " WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted"
                                + " AND CASE WHEN l.pid IS NULL THEN EXISTS (SELECT FROM pg_catalog.pg_prepared_xacts p"
                                + " WHERE p.transaction OPERATOR(pg_catalog.=) l.transactionid"
                                + " AND p.database OPERATOR(pg_catalog.=) pg_catalog.current_database())"
                                + " ELSE a.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()"
                                + " AND a.state IS DISTINCT FROM 'idle in transaction' END");
                var rows = query.executeQuery()) {
            var running = new HashSet<String>();
            while (rows.next()) {
                running.add(rows.getString(1));
            }
            return running;
        }
    }

    /** The log says the lower half of a transaction's number; the whole one is the nearest to the newest. */
    private static boolean visible(Connection connection, long transaction) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT pg_catalog.pg_visible_in_snapshot(
                  (newest - 2147483648 + (?::pg_catalog.int8 - newest % 4294967296 + 6442450944) % 4294967296)
                    ::pg_catalog.text::pg_catalog.xid8, now)
                FROM (SELECT now, pg_catalog.pg_snapshot_xmax(now)::pg_catalog.text::pg_catalog.int8 AS newest
                  FROM (SELECT pg_catalog.pg_current_snapshot() AS now) AS snapshot) AS numbered""")) {
            query.setLong(1, transaction);
            try (var row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
