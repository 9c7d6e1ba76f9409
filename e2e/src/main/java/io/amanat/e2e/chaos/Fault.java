package io.amanat.e2e.chaos;

import java.util.Locale;
import java.util.Optional;

/** What can go wrong between a commit and a screen. */
enum Fault {
    BRIDGE_KILLED,
    BUS_RESTARTED,
    POSTGRES_RESTARTED,
    BRIDGE_FROM_BROWSERS_CUT,
    BRIDGE_FROM_BROWSERS_SILENT,
    ODOO_FROM_BROWSERS_CUT,
    ODOO_FROM_BROWSERS_SILENT,
    ODOO_FROM_BRIDGE_CUT,
    ODOO_FROM_BRIDGE_SILENT,
    BUS_FROM_BRIDGE_CUT(Source.websocket),
    BUS_FROM_BRIDGE_SILENT(Source.websocket),
    POSTGRES_FROM_BRIDGE_CUT(Source.wal),
    POSTGRES_FROM_BRIDGE_SILENT(Source.wal),
    POSTGRES_FROM_ODOO_CUT,
    POSTGRES_FROM_ODOO_SILENT,
    SLOT_DROPPED(Source.wal),
    SLOT_LOST(Source.wal),
    CLOCK_JUMPED,
    DISK_FULL,
    CLIENTS_SLOW,
    TOKENS_EXPIRED;

    private final Optional<Source> only;

    Fault() {
        only = Optional.empty();
    }

    Fault(Source source) {
        only = Optional.of(source);
    }

    /** Whether it can happen to a bridge that reads in this way. */
    boolean befalls(Source source) {
        return only.isEmpty() || only.get() == source;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
