package io.amanat.connector.source.wal;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The way to and from a server that streams its log. Read by one thread, which also writes; closed by any. */
interface Wire {

    /** Waits for the next frame; null if the server ended the stream. */
    byte @Nullable [] read() throws SQLException;

    void write(byte[] frame) throws SQLException;

    /** Wakes whoever waits. */
    void close();

    default Instant now() {
        return Instant.now();
    }
}
