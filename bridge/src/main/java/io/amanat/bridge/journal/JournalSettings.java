package io.amanat.bridge.journal;

import java.time.Duration;

/**
 * How much the journal keeps, whichever limit is reached first. The newest changes, at most {@value #RING_ENTRIES} of
 * {@value #RING_BYTES} bytes, are in memory, too.
 *
 * @param age of the oldest change; 1 min to 30 days, default 1 day
 * @param entries changes; 100 to 1 000 000 000, default 1 000 000
 * @param bytes how large they may be together; 1 MiB to 1 TiB, default 512 MiB
 */
public record JournalSettings(Duration age, int entries, long bytes) {

    static final int RING_ENTRIES = 10_000;
    static final long RING_BYTES = 64L * 1024 * 1024;

    public static final JournalSettings DEFAULT =
            new JournalSettings(Duration.ofDays(1), 1_000_000, 512L * 1024 * 1024);

    public JournalSettings {
        if (!age.isPositive() || entries < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "the journal keeps %d entries of %d bytes for %s; each must be at least 1"
                            .formatted(entries, bytes, age));
        }
    }

    int ringEntries() {
        return Math.min(entries, RING_ENTRIES);
    }

    long ringBytes() {
        return Math.min(bytes, RING_BYTES);
    }
}
