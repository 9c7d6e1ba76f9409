package io.amanat.e2e.longpolling;

import io.amanat.connector.odoo.OdooSettings;
import java.net.URI;
import java.time.Duration;

/** An Odoo 14 with the add-on, that changes transfers. */
interface Odoo14 {

    OdooSettings settings();

    /** Where its long polling answers. */
    URI longpolling();

    /** A new transfer, committed, which nobody else changes. */
    long transfer();

    /** Commits a change of this transfer. */
    void write(long transfer, String note);

    /**
     * Writes {@code note} to {@code late}, which takes an id of the bus, commits a change of {@code early}, waits for so long, and
     * commits the first; returns when that is done.
     */
    void writeLate(long late, long early, String note, Duration wait);

    /** Ends the process that serves long polling; it is started again. */
    void restartBus();
}
