package io.amanat.connector.source.tables;

/** A row of the log that cannot be told; the text names the rule, never a value. */
final class Unreadable extends Exception {

    Unreadable(String rule) {
        super(rule);
    }
}
