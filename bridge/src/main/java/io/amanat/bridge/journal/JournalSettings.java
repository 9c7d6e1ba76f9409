package io.amanat.bridge.journal;

/**
 * How much the journal keeps.
 *
 * @param entries the newest changes kept for a follower that is behind; 100 to 1 000 000, default 10 000, which is some
 *     seconds of a busy database and some tens of megabytes
 */
public record JournalSettings(int entries) {

    public static final JournalSettings DEFAULT = new JournalSettings(10_000);

    public JournalSettings {
        if (entries < 1) {
            throw new IllegalArgumentException(
                    "the journal keeps %d entries; it must keep at least 1".formatted(entries));
        }
    }
}
