package io.amanat.bridge.app;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.protocol.ServerFrame;
import io.amanat.bridge.protocol.TableReply;
import io.amanat.bridge.protocol.TableRequest;
import io.amanat.bridge.session.TableRows;
import io.amanat.bridge.write.ReadAnswer;
import io.amanat.bridge.write.Reads;
import io.amanat.bridge.write.Writes;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes rows in PostgreSQL; what goes wrong is for the client to try again. */
record TableQueries(Commits commits, Reads reads, Writes writes, LogName name) implements TableRows {

    private static final Logger LOG = LoggerFactory.getLogger(TableQueries.class);
    private static final String LATER = "the database cannot be asked just now; try again in some seconds";

    @Override
    public ServerFrame read(Claims viewer, TableRequest.Read read, long offset) {
        return name.during(() -> answered(viewer, read, offset));
    }

    private ServerFrame answered(Claims viewer, TableRequest.Read read, long offset) {
        try {
            if (!commits.seen()) {
                return later(read);
            }
            return switch (reads.read(viewer, read)) {
                case ReadAnswer.Page(var rows, var more) ->
                    new TableReply.Rows(read.ref(), read.table(), offset, rows, more);
                case ReadAnswer.Refused(var code, var message) -> new ServerFrame.Refused(read.ref(), code, message);
            };
        } catch (SQLException e) {
            LOG.info("rows could not be read now (SQLSTATE {})", e.getSQLState());
            return later(read);
        } catch (RuntimeException e) {
            LOG.error("rows could not be read", e);
            return later(read);
        }
    }

    private static ServerFrame later(TableRequest.Read read) {
        return new ServerFrame.Refused(read.ref(), ErrorCode.UNAVAILABLE, LATER);
    }

    @Override
    public TableReply write(Claims viewer, TableRequest.Write write) {
        return name.during(() -> written(viewer, write));
    }

    private TableReply written(Claims viewer, TableRequest.Write write) {
        try {
            return writes.write(viewer, write);
        } catch (RuntimeException e) {
            LOG.error("a write failed", e);
            return new TableReply.WriteRefused(
                    write.id(),
                    "unavailable",
                    LATER,
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true);
        }
    }
}
