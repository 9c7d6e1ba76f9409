package io.amanat.standin.store;

/** A record's own values do not tell whether a condition holds. */
final class Undecidable extends Exception {

    Undecidable(String field) {
        super(field);
    }
}
