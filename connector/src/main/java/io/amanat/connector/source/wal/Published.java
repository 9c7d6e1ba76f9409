package io.amanat.connector.source.wal;

import java.util.Optional;
import java.util.Set;

/** What a publication must hold for a log to be of use to its reader. */
public sealed interface Published permits PublishedTable, PublishedTables {

    /**
     * Why something would be missing.
     *
     * @param name of the publication
     * @return a sentence that begins with the name; empty if nothing would
     */
    Optional<String> trouble(String name, Publication found);

    /** How the prefixes begin of those messages of applications in the log that are to be told. */
    default Set<String> notes() {
        return Set.of();
    }

    /** The command that prints the statements which mend a publication. */
    String setup();
}
