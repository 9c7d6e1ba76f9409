package io.amanat.standin.bus;

import java.time.Instant;

/**
 * One row of the bus.
 *
 * @param message JSON text; in Odoo 19 {@code {"type": …, "payload": …}}
 * @param author id of the user who sent it
 * @param at when the transaction that sent it began
 */
public record Notification(int id, Channel channel, String message, int author, Instant at) {

    /** As it goes over the wire. */
    String json() {
        return "{\"id\":%d,\"message\":%s}".formatted(id, message);
    }
}
