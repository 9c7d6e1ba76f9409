package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import java.util.Optional;

/** What the connection to Odoo's bus has to tell the reading thread. */
sealed interface Signal {

    /** A whole text frame. */
    record Frame(String text) implements Signal {}

    /** Odoo was woken, but has nothing with a higher id: something was committed late. */
    record Woken() implements Signal {}

    /** A frame beyond the limit, which was skipped. */
    record TooLarge() implements Signal {}

    /** Odoo closed the connection, with one of RFC 6455's codes or of its own. */
    record Closed(int code, String reason) implements Signal {}

    /** The connection broke. */
    record Broken(String reason) implements Signal {}

    /** A sweep over HTTP answered. */
    record Swept(Look look, Start start) implements Signal {}

    /** A sweep over HTTP failed. */
    record SweepFailed(OdooException reason) implements Signal {}

    /** A message to oneself was sent, or cannot be: then the answer is empty. */
    record Sent(Optional<Look> look, Start start) implements Signal {}

    /** A message to oneself could not be sent now. */
    record SendingFailed(OdooException reason) implements Signal {}
}
