package io.amanat.connector.source.wal;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream over pgjdbc. */
final class PgWire implements Wire {

    private static final Logger LOG = LoggerFactory.getLogger(PgWire.class);

    private final Connection connection;
    private final CopyDual copy;

    private PgWire(Connection connection, CopyDual copy) {
        this.connection = connection;
        this.copy = copy;
    }

    /** Starts the stream that a statement asks for. */
    static Wire start(Connection replication, String statement) throws SQLException {
        var copy = replication.unwrap(PGConnection.class).getCopyAPI().copyDual(statement);
        return new PgWire(replication, copy);
    }

    @Override
    public byte @Nullable [] read() throws SQLException {
        return copy.readFromCopy(true);
    }

    @Override
    public void write(byte[] frame) throws SQLException {
        copy.writeToCopy(frame, 0, frame.length);
        copy.flushCopy();
    }

    @Override
    public void close() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("the stream did not close: {}", e.getMessage());
        }
    }
}
