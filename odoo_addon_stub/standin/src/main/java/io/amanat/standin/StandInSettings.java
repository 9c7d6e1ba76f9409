package io.amanat.standin;

import java.time.Clock;

/**
 * How a stand-in starts.
 *
 * @param port on 127.0.0.1; 0 for any free one
 * @param transfers records of the demonstration to begin with
 */
public record StandInSettings(int port, int transfers, Clock clock) {

    private static final int DEMO_TRANSFERS = 12;

    public StandInSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is %d; 0 to 65535 are possible".formatted(port));
        }
    }

    /** The demonstration on this port. */
    public static StandInSettings onPort(int port) {
        return new StandInSettings(port, DEMO_TRANSFERS, Clock.systemUTC());
    }

    /** Nothing but users and partners, on this port. */
    public static StandInSettings empty(int port) {
        return new StandInSettings(port, 0, Clock.systemUTC());
    }
}
