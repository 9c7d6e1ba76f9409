package io.amanat.e2e.chaos;

import java.util.Locale;

/** What can go wrong between a commit and a screen. */
enum Fault {
    BRIDGE_KILLED,
    BUS_RESTARTED,
    POSTGRES_RESTARTED,
    BROWSERS_CUT,
    BROWSERS_HALF_CUT,
    ODOO_CUT,
    ODOO_HALF_CUT,
    BUS_CUT,
    BUS_HALF_CUT,
    CLOCK_JUMPED,
    DISK_FULL,
    CLIENTS_SLOW,
    TOKENS_EXPIRED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
