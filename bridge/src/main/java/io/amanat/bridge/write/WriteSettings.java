package io.amanat.bridge.write;

import java.time.Duration;

/**
 * Limits for writes.
 *
 * @param patience how long a write waits for another that holds the same row before it is put off; 100 ms to 1 min, default 2 s,
 *     since a person is waiting
 * @param whole how long all steps of a write may take together before it is put off; 100 ms to 1 min, default 30 s: it keeps others
 *     from the rows it has written
 * @param remembered how long it is known that a write was done, 1 to 365 days, default 30 days: longer than a device is offline
 */
public record WriteSettings(Duration patience, Duration whole, Duration remembered) {

    public static final WriteSettings DEFAULT =
            new WriteSettings(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofDays(30));

    public WriteSettings {
        within("patience", patience, Duration.ofMillis(100), Duration.ofMinutes(1));
        within("whole", whole, Duration.ofMillis(100), Duration.ofMinutes(1));
        within("remembered", remembered, Duration.ofDays(1), Duration.ofDays(365));
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s is %s; %s to %s".formatted(name, value, least, most));
        }
    }
}
