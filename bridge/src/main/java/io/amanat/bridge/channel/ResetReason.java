package io.amanat.bridge.channel;

import java.util.Locale;

/** Why a viewer should re-read; the names are stable. */
public enum ResetReason {
    /** A record is gone. */
    DELETED,
    /** A record was written that this viewer may not read now, and perhaps could before. */
    NOT_READABLE,
    /** Too many records at once, or a silenced transaction. */
    BULK,
    /** Changes may have been missed between Odoo and the bridge. */
    GAP,
    /** Frames were dropped because the client read too slowly. */
    OVERFLOW,
    /** What this viewer may read has changed. */
    RIGHTS,
    /** Whether a record matches the view's own domain cannot be judged. */
    FILTER,
    /** What was missed while nobody was connected cannot be told. */
    RESUME,
    /** Rights could not be asked. */
    FAILED;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The reason as it travels. */
    public String wire() {
        return wire;
    }
}
