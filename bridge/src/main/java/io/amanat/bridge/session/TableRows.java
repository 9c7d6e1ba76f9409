package io.amanat.bridge.session;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.protocol.ServerFrame;
import io.amanat.bridge.protocol.TableReply;
import io.amanat.bridge.protocol.TableRequest;

/** Reads and writes rows as a viewer. Safe to share; waits for PostgreSQL. */
public interface TableRows {

    /**
     * What there is to read, or why it is not told.
     *
     * @param offset up to which everything committed is in the answer
     */
    ServerFrame read(Claims viewer, TableRequest.Read read, long offset);

    /** What was written, or why nothing was. */
    TableReply write(Claims viewer, TableRequest.Write write);
}
