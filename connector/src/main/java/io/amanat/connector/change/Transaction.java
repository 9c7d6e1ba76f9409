package io.amanat.connector.change;

import java.util.List;
import java.util.Optional;

/**
 * Everything one committed transaction changed, merged: per record the first old and the last new image, and no trace of what
 * was created and deleted within it.
 *
 * @param position reading goes on after this transaction from here
 * @param newHistory why what was read before it is another's past: the database was restored, or the slot that kept our place is
 *     lost. Offsets given until then mean nothing any more; the changes hold a gap. Empty otherwise
 */
public record Transaction(Position position, List<Change> changes, Optional<String> newHistory) {
    public Transaction {
        changes = List.copyOf(changes);
    }

    /** A transaction that continues what was read before. */
    public Transaction(Position position, List<Change> changes) {
        this(position, changes, Optional.empty());
    }
}
