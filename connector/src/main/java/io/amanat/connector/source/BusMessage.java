package io.amanat.connector.source;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One row of Odoo's bus as it came over the wire.
 *
 * @param id of the row; ids are taken before commit, so a lower one may arrive after a higher one
 * @param type of the message; ours is {@code realtime_updates}
 */
record BusMessage(long id, String type, JsonNode payload) {

    static final String OURS = "realtime_updates";

    /** Whether it is of the add-on, or of one that is compatible with it. */
    boolean isOurs() {
        return OURS.equals(type);
    }

    /** The nonce of a message to oneself, which tells no change; empty for every other message. */
    Optional<String> canary() {
        boolean is = isOurs() && "canary".equals(payload.path("type").asString(""));
        return is ? Optional.of(payload.path("nonce").asString("")) : Optional.empty();
    }
}
