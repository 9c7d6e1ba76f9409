package io.amanat.connector.source;

import java.time.Duration;

/**
 * How to read Odoo's bus by asking again and again.
 *
 * @param interval pause between two questions; 100 ms to 1 min, default 1 s
 * @param firstDelay first wait after a failure, doubled each time, fully jittered; 1 ms to 1 min, default 1 s
 * @param maxDelay longest such wait; at least {@code firstDelay}, at most 10 min, default 30 s
 */
public record PollSettings(Duration interval, Duration firstDelay, Duration maxDelay) {

    public static final PollSettings DEFAULT =
            new PollSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30));

    public PollSettings {
        BusSettings.require("interval", interval, Duration.ofMillis(100), Duration.ofMinutes(1));
        BusSettings.require("firstDelay", firstDelay, Duration.ofMillis(1), Duration.ofMinutes(1));
        BusSettings.require("maxDelay", maxDelay, firstDelay, Duration.ofMinutes(10));
    }
}
