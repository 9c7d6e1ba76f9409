package io.amanat.connector.source;

import tools.jackson.databind.JsonNode;

/** What the connection to Odoo's bus has to tell the reading thread. */
sealed interface Signal {

    /** A whole text frame. */
    record Frame(String text) implements Signal {}

    /** A frame beyond the limit, which was skipped. */
    record TooLarge() implements Signal {}

    /** Odoo closed the connection, with one of RFC 6455's codes or of its own. */
    record Closed(int code, String reason) implements Signal {}

    /** The connection broke. */
    record Broken(String reason) implements Signal {}

    /** A sweep over HTTP answered. */
    record Swept(JsonNode answer) implements Signal {}

    /** A sweep over HTTP failed. */
    record SweepFailed(String reason) implements Signal {}
}
