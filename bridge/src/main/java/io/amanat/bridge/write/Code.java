package io.amanat.bridge.write;

import java.util.Locale;

/** Why a write was refused; the names are stable. */
enum Code {
    NOT_ALLOWED,
    NOT_FOUND,
    CONFLICT,
    UNKNOWN_TABLE,
    UNKNOWN_COLUMN,
    INVALID_VALUE,
    MISSING_VALUE,
    DUPLICATE,
    MISSING_REFERENCE,
    TOO_LARGE,
    /** Nothing was decided: the same may be done later. */
    UNAVAILABLE;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
