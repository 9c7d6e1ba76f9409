package io.amanat.bridge.journal;

import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.List;

/** The changes in the order in which they were accepted, numbered without gaps. Safe to share between threads. */
public interface Journal {

    /** Names the numbering: offsets of another epoch mean nothing. */
    String epoch();

    /** The offset of the newest change; 0 before the first. */
    long last();

    /**
     * Appends the changes of one transaction, which get consecutive offsets. Never waits for those who read.
     *
     * @return the offset of the last of them
     */
    long append(List<Change> changes);

    /**
     * Waits until there is something after {@code offset}.
     *
     * @param most how many entries to return at most
     * @return in order, the entries that follow {@code offset} without a gap; or {@link Reading.Behind} if the next one is no
     *     longer kept; or no entries when the time is up
     * @throws InterruptedException if the reading thread is asked to stop
     */
    Reading read(long offset, int most, Duration timeout) throws InterruptedException;

    /** What reading brought. */
    sealed interface Reading {

        /** The next entries; empty when there were none in time. */
        record Entries(List<Entry> entries) implements Reading {
            public Entries {
                entries = List.copyOf(entries);
            }
        }

        /**
         * The reader was too slow: entries it has not seen are gone.
         *
         * @param last where to go on after treating everything up to here as lost
         */
        record Behind(long last) implements Reading {}
    }
}
