package io.amanat.connector.source.wal;

import java.util.List;

/**
 * All that one committed transaction wrote to the published tables, or nothing: then it only says how far the log was read.
 *
 * @param end the log was read up to here; never before an earlier one's
 * @param rows in the order in which they were written
 * @param bytes about how much memory it takes
 * @param tooLarge it was larger than allowed, so that its rows were dropped
 */
public record WalTransaction(Lsn end, List<WalRow> rows, int bytes, boolean tooLarge) {
    public WalTransaction {
        rows = List.copyOf(rows);
    }

    static WalTransaction nothing(Lsn end) {
        return new WalTransaction(end, List.of(), 0, false);
    }
}
