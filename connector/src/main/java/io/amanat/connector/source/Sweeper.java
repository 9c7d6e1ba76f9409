package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads the bus again over HTTP, from the low-water mark on: Odoo's socket leaves out what was committed more than 10 s after its
 * id was taken, or at all after its id while a connection was renewed. One sweep at a time, on a thread of its own; one sweeper for each connection.
 */
final class Sweeper {

    private static final String ROUTE = "/websocket/peek_notifications";

    private final OdooSession session;
    private final AtomicBoolean busy = new AtomicBoolean();

    Sweeper(OdooSession session) {
        this.session = session;
    }

    /** Starts a sweep whose result is told to {@code socket}; does nothing while one is under way. */
    void start(long floor, OdooSocket socket) {
        if (busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name("odoo-sweep").start(() -> {
                try {
                    socket.tell(sweep(floor));
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    private Signal sweep(long floor) {
        try {
            return new Signal.Swept(
                    session.call(ROUTE, Map.of("channels", List.of(), "last", floor, "is_first_poll", true)));
        } catch (OdooException e) {
            return new Signal.SweepFailed(String.valueOf(e.getMessage()));
        }
    }
}
