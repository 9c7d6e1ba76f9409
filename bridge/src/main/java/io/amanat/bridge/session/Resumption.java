package io.amanat.bridge.session;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A tab that comes back within the epoch it knows: what it shows may have been read with other rights than today's. It began at
 * most so many watches before, so only so many are looked at. Only on the shard's thread.
 */
final class Resumption {

    private final Optional<String> known;
    private final Supplier<String> today;
    private int left;

    /**
     * A tab that comes back.
     *
     * @param known the stamp of rights that it was welcomed with; empty when it does not say
     * @param today the stamp as it is when asked
     */
    Resumption(Optional<String> known, Supplier<String> today, int watches) {
        this.known = known;
        this.today = today;
        this.left = watches;
    }

    /** Whether the watch that begins now has to be read again. */
    boolean outdates() {
        if (left == 0) {
            return false;
        }
        left--;
        return !known.equals(Optional.of(today.get()));
    }
}
