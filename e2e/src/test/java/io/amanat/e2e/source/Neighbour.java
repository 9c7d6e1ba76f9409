package io.amanat.e2e.source;

import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.source.wal.WalSettings;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** An Odoo whose transactions a test holds in its hands. What they change are transfers, told apart by their notes. */
interface Neighbour extends AutoCloseable {

    /** Those that can be read here. */
    Set<Way> ways();

    /** As the service user. */
    OdooSettings settings();

    /** Where its websocket or its long polling listens. */
    URI bus();

    /** A new API key of the service user. */
    String apiKey();

    /** How its PostgreSQL's log is read by a slot of this name. */
    WalSettings log(String slot);

    /** Whether nobody but the test changes anything. */
    boolean isAlone();

    /** Commits one transaction that creates a transfer with each of these notes. */
    void commit(List<String> notes);

    default void commit(String note) {
        commit(List.of(note));
    }

    /** Begins a transaction that creates a transfer with this note; the id of its message is taken at once. */
    Open begin(String note);

    /** Ends the connections of the bus and starts its process again. */
    void restartBus();

    @Override
    void close();

    /** A transaction that is not committed yet. */
    interface Open {

        void commit();

        void rollBack();
    }
}
