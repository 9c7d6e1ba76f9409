package io.amanat.connector.source.wal;

/** Bytes that break pgoutput's protocol; the text names the rule, never a value. */
public final class MalformedWal extends Exception {

    MalformedWal(String rule) {
        super(rule);
    }
}
