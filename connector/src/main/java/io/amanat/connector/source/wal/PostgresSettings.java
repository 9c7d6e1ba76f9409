package io.amanat.connector.source.wal;

import io.amanat.connector.odoo.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to reach a PostgreSQL database.
 *
 * @param user a role that may log in and has the attribute {@code REPLICATION}
 * @param password empty where the server asks for none; SCRAM keeps it off the wire, and a server that wants it in clear is refused
 *     unless its certificate is verified
 * @param rootCertificate the authority that signed the server's certificate, PEM; empty for those that Java knows
 */
public record PostgresSettings(
        String host,
        int port,
        String database,
        String user,
        Secret password,
        SslMode sslMode,
        Optional<Path> rootCertificate) {

    public PostgresSettings {
        require(!host.isBlank(), "host", "the name or address of PostgreSQL's machine");
        require(!database.isBlank(), "database", "the name of Odoo's database");
        require(!user.isBlank(), "user", "a role with the attribute REPLICATION");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port is %d; it must be 1 to 65535".formatted(port));
        }
    }

    private static void require(boolean holds, String name, String meaning) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is empty; it must be " + meaning);
        }
    }

    /** The server and the database, for people. */
    public String address() {
        return "%s:%d/%s".formatted(host, port, database);
    }
}
