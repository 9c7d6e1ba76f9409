package io.amanat.standin.bus;

import java.time.Instant;

/**
 * One row of the bus.
 *
 * @param message JSON text {@code {"type": …, "payload": …}}
 */
record Notification(int id, Channel channel, String message, Instant at) {

    /** As it goes over the wire. */
    String json() {
        return "{\"id\":%d,\"message\":%s}".formatted(id, message);
    }
}
