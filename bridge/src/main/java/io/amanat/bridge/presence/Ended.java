package io.amanat.bridge.presence;

/** Why somebody may not edit a record any more. */
public enum Ended {
    /** It may be read, and not written. */
    READ_ONLY,
    /** It may not be read, or is gone. */
    UNREADABLE
}
