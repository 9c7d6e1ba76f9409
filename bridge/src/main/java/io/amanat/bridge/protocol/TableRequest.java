package io.amanat.bridge.protocol;

import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What a browser says where tables are served. */
public sealed interface TableRequest extends ClientFrame {

    /**
     * Tell me what happens to rows of this table.
     *
     * @param ref the client's name for it
     * @param events which of them
     * @param filter as it was written; empty for all rows. Whether it is one was not looked at
     * @param columns which columns; empty: all it may read
     * @param resume of a watch that was watched before
     */
    record TableWatch(
            String ref,
            String table,
            Set<Operation> events,
            String filter,
            Optional<List<String>> columns,
            Optional<Resume> resume)
            implements TableRequest {}

    /** Tell me what happens in this topic. */
    record TopicWatch(String ref, String topic) implements TableRequest {}

    /**
     * Give me the rows that I may see.
     *
     * @param filter as of a watch
     * @param columns as of a watch
     * @param after the key after which to go on; empty: from the first
     * @param limit at most so many
     */
    record Read(
            String ref,
            String table,
            String filter,
            Optional<List<String>> columns,
            Optional<RecordRef.Key> after,
            int limit)
            implements TableRequest {}

    /**
     * Do this, all of it or nothing.
     *
     * @param id the client's name for it, the same again when it is said again
     * @param ifBase whether to refuse what somebody else has changed meanwhile
     */
    record Write(UUID id, List<Step> steps, boolean ifBase) implements TableRequest {}

    /**
     * One row to write.
     *
     * @param key which row; may be empty when it is created
     * @param values by column; empty for a deletion
     * @param base what the client knew of the row, by column
     */
    record Step(
            String table,
            Operation operation,
            Optional<RecordRef.Key> key,
            Map<String, JsonNode> values,
            Map<String, JsonNode> base) {}

    /** A write that can be named and is none: it is refused, and the connection goes on. */
    record BadWrite(UUID id, String message) implements TableRequest {}

    /** I am here, in this state; the same again replaces what was said. */
    record Track(String topic, Map<String, JsonNode> state) implements TableRequest {}

    /** I am not here any more. */
    record Untrack(String topic) implements TableRequest {}

    /** Tell the others in this topic. */
    record Broadcast(String topic, String event, JsonNode payload) implements TableRequest {}

    /**
     * What the client measured since it said so last.
     *
     * @param delays milliseconds from a commit until it was applied
     * @param seconds how long it measured
     */
    record Report(List<Integer> delays, int disconnects, int seconds) implements TableRequest {}
}
