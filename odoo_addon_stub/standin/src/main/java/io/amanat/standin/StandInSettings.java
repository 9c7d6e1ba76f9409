package io.amanat.standin;

import java.time.Clock;

/**
 * How a stand-in starts.
 *
 * @param port on 127.0.0.1; 0 for any free one
 * @param transfers records of the demonstration to begin with
 * @param series which Odoo it stands for
 */
public record StandInSettings(int port, int transfers, Clock clock, Series series) {

    private static final int DEMO_TRANSFERS = 12;

    public StandInSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is %d; 0 to 65535 are possible".formatted(port));
        }
    }

    /** The demonstration on this port. */
    public static StandInSettings onPort(int port) {
        return new StandInSettings(port, DEMO_TRANSFERS, Clock.systemUTC(), Series.ODOO_19);
    }

    /** Nothing but users and partners, on this port. */
    public static StandInSettings empty(int port) {
        return new StandInSettings(port, 0, Clock.systemUTC(), Series.ODOO_19);
    }

    /** The same as another Odoo. */
    public StandInSettings as(Series other) {
        return new StandInSettings(port, transfers, clock, other);
    }

    /** The same with another clock. */
    public StandInSettings at(Clock other) {
        return new StandInSettings(port, transfers, other, series);
    }
}
