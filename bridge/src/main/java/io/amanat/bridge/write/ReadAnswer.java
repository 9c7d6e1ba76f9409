package io.amanat.bridge.write;

import io.amanat.bridge.protocol.ErrorCode;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a viewer gets who asks for rows. */
public sealed interface ReadAnswer {

    /**
     * Rows in the order of their keys.
     *
     * @param more whether there are more after the last one
     */
    record Page(List<JsonNode> rows, boolean more) implements ReadAnswer {
        public Page {
            rows = List.copyOf(rows);
        }
    }

    /** None, and why. */
    record Refused(ErrorCode code, String message) implements ReadAnswer {}
}
