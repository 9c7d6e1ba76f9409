package io.amanat.connector.source.wal;

/** How the way to PostgreSQL is protected; libpq's names. */
public enum SslMode {
    /** Not at all: for a server on this machine. */
    DISABLE("disable"),

    /** Encrypted, whoever answers. */
    REQUIRE("require"),

    /** The certificate is of a known authority. */
    VERIFY_CA("verify-ca"),

    /** And it names this server. */
    VERIFY_FULL("verify-full");

    private final String word;

    SslMode(String word) {
        this.word = word;
    }

    /** As libpq and pgjdbc spell it. */
    public String word() {
        return word;
    }

    boolean knowsTheServer() {
        return this == VERIFY_CA || this == VERIFY_FULL;
    }
}
