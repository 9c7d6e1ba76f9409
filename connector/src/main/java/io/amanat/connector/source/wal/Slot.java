package io.amanat.connector.source.wal;

import java.util.Optional;

/**
 * A replication slot as the server describes it: it keeps the log from the place where its reader stopped.
 *
 * @param database empty for a physical slot
 * @param reader the process that reads it now, if one does
 * @param confirmed up to here its reader said to have everything; {@link Lsn#ZERO} if it does not say
 * @param state {@code reserved}, {@code extended} (beyond max_wal_size), {@code unreserved} (about to be lost) or {@code lost};
 *     empty before PostgreSQL 13
 * @param heldBytes of log that the server keeps because of it; below 0 if it keeps none
 * @param safeBytes of log that may still be written before it is lost; empty if there is no limit
 */
public record Slot(
        String name,
        String plugin,
        String database,
        Optional<Reader> reader,
        Lsn confirmed,
        String state,
        long heldBytes,
        Optional<Long> safeBytes) {

    /** Who reads a slot. */
    public record Reader(int pid, String application) {}

    public boolean isLost() {
        return "lost".equals(state);
    }
}
