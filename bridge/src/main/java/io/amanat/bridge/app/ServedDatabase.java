package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.TenantSettings;
import io.amanat.bridge.feed.FeedReader;
import io.amanat.bridge.journal.Journal;
import io.amanat.bridge.session.SessionMetrics;
import io.amanat.bridge.websocket.Door;
import io.amanat.connector.source.SourceFigures;
import io.amanat.connector.source.wal.Slot;
import java.util.List;
import java.util.Optional;

/** A database that is served, of whichever kind. Safe to share. */
sealed interface ServedDatabase extends AutoCloseable permits Database, TableDatabase {

    String name();

    TenantSettings settings();

    /** Where browsers come in. */
    Door door();

    /** How reading the source goes, and whether everything behind it still works. */
    FeedReader.State feed();

    /** What the source counts. */
    SourceFigures source();

    /** The newest offset and its epoch. */
    Journal journal();

    /** What its sessions count. */
    SessionMetrics sessions();

    /** The replication slot as it was at the last look; empty if there is none. */
    Optional<Slot> slot();

    /** Whether changes are delivered: a disk that fails keeps nobody from that. */
    boolean ready();

    /** What is wrong with it just now; empty if nothing is. */
    List<String> troubles();

    /** Tells its browsers to come back later, and stops it. */
    @Override
    void close();
}
