package io.amanat.connector.source;

import io.amanat.connector.change.Change;
import java.util.Optional;

/**
 * A bus message that was understood, or the gap that stands for it.
 *
 * @param id of the bus message
 * @param txid the transaction that sent it; 0 when the message does not say
 */
record Decoded(long id, long txid, Change change) {

    /** The same without values: for a message that was found late, when newer values may have been returned already. */
    Decoded late() {
        return switch (change) {
            case Change.Records records -> gapOf(records.model());
            case Change.Bulk bulk -> gapOf(bulk.model());
            case Change.Event _, Change.Rights _, Change.Gap _ -> this;
        };
    }

    private Decoded gapOf(String model) {
        return new Decoded(id, txid, new Change.Gap(Optional.of(model), "found late"));
    }
}
