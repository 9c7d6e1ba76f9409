package io.amanat.connector.source.wal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that one committed transaction wrote to the published tables, or nothing: then it only says how far the log was read.
 *
 * @param end the log was read up to here; never before an earlier one's
 * @param rows in the order in which they were written
 * @param bytes about how much memory it takes
 * @param committed when, by the server's clock, if it has rows
 * @param dropped why its rows are not here; empty if they are
 */
public record WalTransaction(
        Lsn end, List<WalRow> rows, int bytes, Optional<Instant> committed, Optional<String> dropped) {
    public WalTransaction {
        rows = List.copyOf(rows);
    }

    /** One that cannot be told. */
    static WalTransaction dropped(Lsn end, String reason) {
        return new WalTransaction(end, List.of(), 0, Optional.empty(), Optional.of(reason));
    }

    static WalTransaction nothing(Lsn end) {
        return new WalTransaction(end, List.of(), 0, Optional.empty(), Optional.empty());
    }
}
