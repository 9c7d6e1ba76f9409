package io.amanat.connector.source;

import java.time.Duration;

/**
 * How a source by ids makes sure that it misses nothing.
 *
 * @param lateness how long a transaction may stay open and its messages still be told one by one; one that stays open longer ends
 *     in a gap of everything. What was sent within it is remembered. 1 s to 1 h, default 130 s (Odoo ends a request after 120 s)
 * @param sweepInterval pause between looks for what was committed late, or what Odoo left out; 100 ms to 10 min, default 5 s
 * @param canaryInterval pause between messages to oneself, where the bus wakes its readers; 100 ms to 10 min, default 15 s
 */
public record BusSettings(Duration lateness, Duration sweepInterval, Duration canaryInterval) {

    public static final BusSettings DEFAULT =
            new BusSettings(Duration.ofSeconds(130), Duration.ofSeconds(5), Duration.ofSeconds(15));

    public BusSettings {
        require("lateness", lateness, Duration.ofSeconds(1), Duration.ofHours(1));
        require("sweepInterval", sweepInterval, Duration.ofMillis(100), Duration.ofMinutes(10));
        require("canaryInterval", canaryInterval, Duration.ofMillis(100), Duration.ofMinutes(10));
    }

    /** The same with another lateness. */
    public BusSettings withLateness(Duration other) {
        return new BusSettings(other, sweepInterval, canaryInterval);
    }

    static void require(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s is %s; it must be %s to %s".formatted(name, value, least, most));
        }
    }
}
