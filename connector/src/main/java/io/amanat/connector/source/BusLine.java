package io.amanat.connector.source;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One line on which Odoo says what is sent: its signals, and those of the calls beside it, in the order in which they came. */
interface BusLine extends AutoCloseable {

    /** The next signal, or null if there was none in time. Called by the thread that reads. */
    @Nullable
    Signal next(Duration timeout) throws InterruptedException;

    /** Adds a signal; one that does not fit any more only repeats that the line is broken. Called by any thread. */
    void tell(Signal signal);

    /** When anything was last heard from Odoo, signs of life included, in {@link Pace#nanos()}. */
    long heardAt();

    /** Asks for a sign of life. */
    void ping();

    @Override
    void close();
}
