package io.amanat.bridge.feed;

import io.amanat.bridge.journal.Journal;
import io.amanat.connector.change.Position;
import io.amanat.connector.source.ChangeSource;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Where the source stands: keeps positions that moved without a change, though not each of them, and confirms to the source what
 * became durable. Used by the thread that reads.
 */
final class Positions {

    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final ChangeSource source;
    private final Journal journal;
    private final LongSupplier nanos;
    private Position owed = Position.NOW;
    private Position confirmed;
    private long appended;

    Positions(ChangeSource source, Journal journal, LongSupplier nanos) {
        this.source = source;
        this.journal = journal;
        this.nanos = nanos;
        this.confirmed = journal.durable().position();
        this.appended = nanos.getAsLong() - PAUSE;
    }

    /** Reading goes on from here, although nothing changed. */
    void moved(Position position) {
        owed = position;
    }

    /** A later position is in the journal, with its changes. */
    void kept() {
        owed = Position.NOW;
    }

    /** Does what is due; called at least once a second. */
    void settle() {
        if (!owed.equals(Position.NOW) && nanos.getAsLong() - appended >= PAUSE) {
            journal.append(List.of(), owed);
            appended = nanos.getAsLong();
            owed = Position.NOW;
        }
        confirm(journal.durable().position());
    }

    private void confirm(Position durable) {
        if (!durable.equals(confirmed) && !durable.equals(Position.NOW)) {
            source.confirm(durable);
            confirmed = durable;
        }
    }
}
