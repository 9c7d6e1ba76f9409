package io.amanat.bridge.journal;

/**
 * How much the journal keeps.
 *
 * @param entries the newest changes kept for a follower that is behind; 100 to 1 000 000, default 10 000, which is some
 *     seconds of a busy database and some tens of megabytes
 * @param bytes how large their values may be together, as JSON; 1 MiB to 4 GiB, default 64 MiB
 */
public record JournalSettings(int entries, long bytes) {

    public static final JournalSettings DEFAULT = new JournalSettings(10_000, 64L * 1024 * 1024);

    public JournalSettings {
        if (entries < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "the journal keeps %d entries of %d bytes; it must keep at least 1".formatted(entries, bytes));
        }
    }
}
