package io.amanat.bridge.channel;

/** How records that a viewer could see went. */
public enum Removal {
    /** They still exist, out of sight. */
    LEAVE,
    /** They are gone. */
    DELETE
}
