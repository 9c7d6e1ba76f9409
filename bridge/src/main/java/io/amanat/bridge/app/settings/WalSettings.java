package io.amanat.bridge.app.settings;

import io.amanat.connector.odoo.Secret;

/**
 * How to read PostgreSQL's write-ahead log.
 *
 * @param database of PostgreSQL; default the one of Odoo
 * @param user a role with the attribute {@code REPLICATION}; default {@code amanat}
 * @param slot the replication slot, whose name is unique in the whole server; default {@code amanat_} and the database
 * @param publication default {@code amanat}
 */
public record WalSettings(
        String host,
        int port,
        String database,
        String user,
        Secret password,
        SslMode sslMode,
        String slot,
        String publication) {

    /** How the way to PostgreSQL is protected; the names are libpq's. */
    public enum SslMode {
        /** Not at all: for a server on this machine. */
        DISABLE,
        /** Encrypted, whoever answers. */
        REQUIRE,
        /** The certificate is of a known authority. */
        VERIFY_CA,
        /** And names this server; the default for any other machine. */
        VERIFY_FULL
    }
}
