package io.amanat.bridge.write;

import io.amanat.bridge.access.rls.AsViewer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** When a write must be done, all its steps together. Used by one thread. */
final class Deadline {

    /** PostgreSQL's own for a statement that took too long. */
    private static final String TOO_LONG = "57014";

    private final AsViewer viewers;
    private final LongSupplier nanoTime;
    private final long end;

    /** @param whole from now on */
    Deadline(AsViewer viewers, Duration whole, LongSupplier nanoTime) {
        this.viewers = viewers;
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + whole.toNanos();
    }

    /**
     * From now on a statement of this transaction may take no longer than what is left.
     *
     * @throws SQLTimeoutException if nothing is
     */
    void hold(Connection connection) throws SQLException {
        var left = Duration.ofNanos(end - nanoTime.getAsLong());
        if (left.toMillis() < 1) {
            throw new SQLTimeoutException("a write takes too long as a whole", TOO_LONG);
        }
        viewers.shorten(connection, left);
    }
}
