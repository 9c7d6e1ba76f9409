package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.odoo.OdooSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Where committed changes come from. Used by one thread. */
public interface ChangeSource extends AutoCloseable {

    /**
     * Waits for the next transaction after the position this source was opened at. Each is returned at least once. When the
     * source had to reconnect and cannot prove that it saw everything, it returns a transaction with a {@code Change.Gap}.
     *
     * @param timeout how long to wait; rounded down to whole milliseconds, but at least one
     * @return the transaction; empty if the source is connected and none was committed in time
     * @throws SourceLostException if the neighbour is out of reach; call again: the source waits its own back-off and
     *     reconnects, and says so again at the end of each timeout until then
     * @throws InterruptedException if the reading thread is asked to stop
     */
    Optional<Transaction> next(Duration timeout) throws InterruptedException;

    @Override
    void close();

    /** Reads Odoo's bus over its websocket, for Odoo 16 and later; connects at the first call of {@link #next}. */
    static ChangeSource websocket(OdooSettings odoo, WebSocketSettings settings, Position from) {
        return new WebSocketSource(odoo, settings, from, Pace.SYSTEM, RandomGenerator.getDefault());
    }
}
