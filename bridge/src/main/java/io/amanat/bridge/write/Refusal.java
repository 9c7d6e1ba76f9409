package io.amanat.bridge.write;

import io.amanat.bridge.protocol.TableReply;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Why a step is not done.
 *
 * @param message what to do, for the person who wrote
 * @param column whose value it was
 * @param theirs the row as it is, where somebody else changed it
 */
record Refusal(Code code, String message, Optional<String> column, Optional<JsonNode> theirs) {

    static Refusal of(Code code, String message) {
        return new Refusal(code, message, Optional.empty(), Optional.empty());
    }

    static Refusal of(Code code, String column, String message) {
        return new Refusal(code, message, Optional.of(column), Optional.empty());
    }

    /** Of a write as a whole. */
    TableReply.WriteRefused reply(UUID id) {
        return reply(id, OptionalInt.empty(), Optional.empty());
    }

    TableReply.WriteRefused reply(UUID id, OptionalInt step, Optional<String> table) {
        return new TableReply.WriteRefused(
                id, code.wire(), message, step, table, column, theirs, code == Code.UNAVAILABLE);
    }
}
