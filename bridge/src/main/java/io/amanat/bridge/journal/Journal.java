package io.amanat.bridge.journal;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The changes in the order in which they were accepted, numbered without gaps, with where the source stood after them. Safe to
 * share between threads. A disk that fails or hangs is said in {@link #state} and stops nobody who appends or reads.
 */
public interface Journal extends AutoCloseable {

    /** Names the numbering: offsets of another epoch mean nothing. Becomes another one while the bridge runs by {@link #renew}. */
    String epoch();

    /** The offset of the oldest change that is kept; {@code last() + 1} when there is none. */
    long first();

    /** The offset of the newest change; 0 before the first. */
    long last();

    /**
     * Appends the changes of one transaction, which get consecutive offsets. Never waits for those who read, nor for a sync.
     *
     * @param changes empty when only the position moved
     * @param after where the source goes on after them; {@link Position#NOW} when that is not known
     * @return the offset of the last of them
     */
    long append(List<Change> changes, Position after);

    /** What no crash can take away any more. */
    Durable durable();

    /**
     * Where the source stood after the transactions of the last while, counted back from the newest.
     *
     * @return at least those of {@code within} that belong to today's database, oldest first; the newest is always one of them.
     *     Empty only if none is known
     */
    List<Position> positions(Duration within);

    /**
     * The changes of rights that outlived the process which appended them since a moment, in order; maybe more.
     *
     * @return empty if they cannot be read
     */
    Optional<List<PastRights>> rightsSince(Instant moment);

    /** 32 random bytes that live as long as the journal. */
    byte[] key();

    /**
     * Begins a new epoch since what was read so far is another's past: positions until now are forgotten. Offsets go on, and a
     * gap of everything is appended.
     *
     * @param reason for the log; no values
     */
    void renew(String reason);

    /**
     * Somebody knows an offset of this epoch that was never given: the first time in the life of this process a new epoch
     * begins, for the journal may have been taken back to an earlier state. Later it may be only a liar.
     *
     * @return whether a new epoch began
     */
    boolean beyondHead();

    /**
     * The database that the changes come from names itself; another name than the journal remembers begins a new epoch.
     *
     * @param name of this very copy of the database
     */
    void incarnation(String name);

    /** How the journal does, for those who operate the bridge. */
    JournalState state();

    /**
     * Waits until there is something after {@code offset}.
     *
     * @param most how many entries to return at most
     * @return in order, the entries that follow {@code offset} without a gap; or {@link Reading.Behind} if the next one is no
     *     longer kept; or no entries when the time is up
     * @throws InterruptedException if the reading thread is asked to stop
     */
    Reading read(long offset, int most, Duration timeout) throws InterruptedException;

    /** Keeps what was appended, as far as the disk lets it. */
    @Override
    void close();

    /**
     * Up to where the journal is safe.
     *
     * @param offset of the newest change that is
     * @param position the newest that is; {@link Position#NOW} when none is known
     */
    record Durable(long offset, Position position) {}

    /**
     * A change of rights that was read again.
     *
     * @param at when it was appended, by the clock of that time
     */
    record PastRights(Instant at, Change.Rights change) {}

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

    /** What everybody who watches is told when a new epoch begins while the bridge runs. */
    static Change gap(String reason) {
        return new Change.Gap(Optional.empty(), reason);
    }
}
