package io.amanat.bridge.feed;

import io.amanat.connector.change.Change;
import java.util.Optional;

/** What of the changes that are read may be kept at all. Shared. */
@FunctionalInterface
public interface Admit {

    /** What of a change may be kept; empty if nothing of it: it never reaches the journal, and nobody can be told of it later. */
    Optional<Change> admit(Change change);

    /** Whether that can be said yet. Until then nothing is read, since what is read is left behind for good. */
    default boolean isKnown() {
        return true;
    }
}
