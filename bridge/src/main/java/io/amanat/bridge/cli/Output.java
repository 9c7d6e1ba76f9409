package io.amanat.bridge.cli;

/** For whom a command prints. */
public enum Output {
    /** A person. */
    TABLE,
    /** A program. */
    JSON
}
