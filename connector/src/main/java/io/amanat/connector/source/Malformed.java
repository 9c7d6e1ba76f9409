package io.amanat.connector.source;

/** A message breaks the contract; the text names the key and the rule, never a value. */
final class Malformed extends Exception {

    Malformed(String rule) {
        super(rule);
    }
}
