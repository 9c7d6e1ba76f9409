package io.amanat.bridge.protocol;

import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What the bridge says where tables are served. Maps are written in their order. */
public sealed interface TableReply extends ServerFrame {

    /**
     * You watch a table from now on: whatever is committed after {@code offset} arrives under this feed.
     *
     * @param columns of the asked those that this role may read
     */
    record WatchingTable(String ref, long feed, long offset, String rights, List<String> columns)
            implements TableReply {}

    /**
     * You are in a topic from now on.
     *
     * @param tables the feeds of its tables
     */
    record WatchingTopic(String ref, long feed, long offset, Map<String, Long> tables) implements TableReply {}

    /**
     * A row came into sight, was changed in sight or left it.
     *
     * @param row what may be seen of it now; of one that left, its key; empty for what there is none of
     * @param old the columns that changed, as they were; of one that left, its key
     */
    record RowChange(
            long feed,
            long offset,
            String table,
            Operation operation,
            Map<String, JsonNode> row,
            Map<String, JsonNode> old,
            Instant at)
            implements TableReply {}

    /** A write of this user is committed, and what it did was told before. */
    record WriteReceipt(long offset, UUID id) implements TableReply {}

    /**
     * What was asked for.
     *
     * @param offset what is committed after it is not in it, or arrives as well
     */
    record Rows(String ref, String table, long offset, List<JsonNode> rows, boolean more) implements TableReply {}

    /**
     * Done.
     *
     * @param repeated whether it was done before, and nothing now
     */
    record Written(UUID id, List<WrittenRow> rows, boolean repeated) implements TableReply {}

    /**
     * One row of a write.
     *
     * @param row as its writer may see it; empty: not at all, or not any more
     */
    record WrittenRow(String table, RecordRef.Key key, Optional<JsonNode> row) {}

    /**
     * Not done, none of it.
     *
     * @param index which step it was
     * @param theirs the row as it is, where somebody else changed it
     * @param retry whether the same may be done later
     */
    record WriteRefused(
            UUID id,
            String code,
            String message,
            OptionalInt index,
            Optional<String> table,
            Optional<String> column,
            Optional<JsonNode> theirs,
            boolean retry)
            implements TableReply {}

    /**
     * Everybody in a topic.
     *
     * @param people by subject, the state of each device
     */
    record PresenceState(long feed, String topic, Map<String, List<JsonNode>> people) implements TableReply {}

    /**
     * Who came and who left since; whoever is in both has changed.
     *
     * @param joins by subject, the devices that came, or that changed as they are now
     * @param leaves by subject, the devices that left, or that changed as they were
     */
    record PresenceDiff(long feed, String topic, Map<String, List<JsonNode>> joins, Map<String, List<JsonNode>> leaves)
            implements TableReply {}

    /** Somebody told the others in a topic. */
    record Told(long feed, String topic, String event, JsonNode payload, String from) implements TableReply {}
}
