package io.amanat.connector.source.wal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that one committed transaction wrote to the published tables, or nothing: then it only says how far the log was read.
 *
 * @param end the log was read up to here; never before an earlier one's
 * @param rows in the order in which they were written
 * @param bytes about how much memory it takes
 * @param committed when, by the server's clock, if it has rows
 * @param xid PostgreSQL's number of it, 32 bits without sign; 0 if it has no rows
 * @param dropped why its rows are not here; empty if they are
 * @param notes the prefixes of the messages that applications wrote into the log with it, as far as they were asked for
 */
public record WalTransaction(
        Lsn end,
        List<WalRow> rows,
        int bytes,
        Optional<Instant> committed,
        int xid,
        Optional<String> dropped,
        Set<String> notes) {
    public WalTransaction {
        rows = List.copyOf(rows);
        notes = Set.copyOf(notes);
    }

    /** One that cannot be told. */
    static WalTransaction dropped(Lsn end, String reason, Set<String> notes) {
        return new WalTransaction(end, List.of(), 0, Optional.empty(), 0, Optional.of(reason), notes);
    }

    static WalTransaction nothing(Lsn end) {
        return new WalTransaction(end, List.of(), 0, Optional.empty(), 0, Optional.empty(), Set.of());
    }

    /** Whether it says nothing but how far the log was read. */
    boolean isEmpty() {
        return rows.isEmpty() && dropped.isEmpty() && notes.isEmpty();
    }
}
