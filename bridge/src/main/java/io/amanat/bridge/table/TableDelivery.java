package io.amanat.bridge.table;

import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.BitSet;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What one class of viewers gets of one change, decided. The sets of receivers are never changed. */
public sealed interface TableDelivery {

    /** The offset of the change. */
    long offset();

    /**
     * A row came into sight, was changed in sight or left it.
     *
     * @param event what it means for every receiver
     * @param row the columns that they may see of it now; of one that left, nothing
     * @param old the columns that changed, as they were; of one that left, its key; of one that came, nothing
     * @param to numbers of viewers
     */
    record Row(
            long offset,
            TableFeed feed,
            Operation event,
            Map<String, JsonNode> row,
            Map<String, JsonNode> old,
            Instant at,
            BitSet to)
            implements TableDelivery {}

    /**
     * Read again.
     *
     * @param reason as it travels
     * @param to numbers of viewers
     */
    record Reset(long offset, TableFeed feed, String reason, BitSet to) implements TableDelivery {}

    /** A write of this subject is committed, and what it did was delivered before. */
    record Receipt(long offset, String subject, UUID id) implements TableDelivery {}
}
