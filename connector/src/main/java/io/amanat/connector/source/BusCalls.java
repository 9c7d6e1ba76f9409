package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The calls over HTTP beside one websocket, each kind one at a time on a thread of its own: sweeps, since Odoo's socket leaves out
 * what was committed more than 10 s after its id was taken, or after a higher id while a connection was renewed; and messages to oneself.
 */
final class BusCalls {

    private final BusRows rows;
    private final BusLine line;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final AtomicBoolean sending = new AtomicBoolean();

    /** What the calls bring is told to this line. */
    BusCalls(BusRows rows, BusLine line) {
        this.rows = rows;
        this.line = line;
    }

    boolean isSweeping() {
        return sweeping.get();
    }

    void sweep(Start start) {
        start("odoo-sweep", sweeping, () -> swept(start));
    }

    private Signal swept(Start start) {
        try {
            return new Signal.Swept(start.sweep(rows), start);
        } catch (OdooException e) {
            return new Signal.SweepFailed(e);
        }
    }

    void canary(String nonce, Start start) {
        start("odoo-canary", sending, () -> sent(nonce, start));
    }

    private Signal sent(String nonce, Start start) {
        try {
            return new Signal.Sent(rows.canary(nonce), start);
        } catch (OdooException e) {
            return new Signal.SendingFailed(e);
        }
    }

    private void start(String name, AtomicBoolean busy, Supplier<Signal> call) {
        if (busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name(name).start(() -> {
                Signal signal = new Signal.Broken(name + " ended unexpectedly");
                try {
                    signal = call.get();
                } finally {
                    busy.set(false);
                    line.tell(signal);
                }
            });
        }
    }
}
