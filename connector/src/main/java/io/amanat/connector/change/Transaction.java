package io.amanat.connector.change;

import java.util.List;

/**
 * Everything one committed transaction changed, merged: per record the first old and the last new image, and no trace of what
 * was created and deleted within it.
 *
 * @param position reading goes on after this transaction from here
 */
public record Transaction(Position position, List<Change> changes) {
    public Transaction {
        changes = List.copyOf(changes);
    }
}
