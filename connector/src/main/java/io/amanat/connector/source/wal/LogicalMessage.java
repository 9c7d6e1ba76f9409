package io.amanat.connector.source.wal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** One message of PostgreSQL's output plugin {@code pgoutput}, protocol versions 1 and 2. Transaction ids have 32 bits without sign. */
public sealed interface LogicalMessage {

    /** Microseconds since 2000-01-01 UTC, as PostgreSQL counts them. */
    record Moment(long micros) {
        private static final Instant ZERO = Instant.parse("2000-01-01T00:00:00Z");

        Instant instant() {
            return ZERO.plus(micros, ChronoUnit.MICROS);
        }
    }

    /** A transaction begins, which was committed at {@code commit}. */
    record Begin(Lsn commit, Moment at, int xid) implements LogicalMessage {}

    /** The transaction is complete; the log goes on at {@code end}. */
    record Commit(Lsn commit, Lsn end, Moment at) implements LogicalMessage {}

    /** The transaction came by replication from elsewhere. */
    record Origin(Lsn commit, String name) implements LogicalMessage {}

    /** What the rows that name this table look like from now on. */
    record Relation(int id, String schema, String name, char identity, List<Column> columns) implements LogicalMessage {
        public Relation {
            columns = List.copyOf(columns);
        }
    }

    /** A column of a table; {@code key} if it belongs to the replica identity. */
    record Column(String name, int type, int modifier, boolean key) {}

    /** A type that is not built in. */
    record Type(int id, String schema, String name) implements LogicalMessage {}

    /** A row was inserted. */
    record Insert(int relation, List<Cell> now) implements LogicalMessage {
        public Insert {
            now = List.copyOf(now);
        }
    }

    /** A row was written; what it was is known only as far as the table's replica identity tells. */
    record Update(int relation, Optional<Old> old, List<Cell> now) implements LogicalMessage {
        public Update {
            now = List.copyOf(now);
        }
    }

    /** A row was deleted. */
    record Delete(int relation, Old old) implements LogicalMessage {}

    /** A row before its change: all of it, or only the columns of its key. */
    record Old(boolean whole, List<Cell> cells) {
        public Old {
            cells = List.copyOf(cells);
        }
    }

    /** Tables were emptied. */
    record Truncate(List<Integer> relations, boolean cascade, boolean restartIdentity) implements LogicalMessage {
        public Truncate {
            relations = List.copyOf(relations);
        }
    }

    /** A message of an application in the log itself ({@code pg_logical_emit_message}). */
    record Note(boolean transactional, Lsn at, String prefix, int length) implements LogicalMessage {}

    /** A piece of a transaction that is still open begins. */
    record StreamStart(int xid, boolean first) implements LogicalMessage {}

    /** The piece ends. */
    record StreamStop() implements LogicalMessage {}

    /** A transaction that came in pieces was committed. */
    record StreamCommit(int xid, Lsn commit, Lsn end, Moment at) implements LogicalMessage {}

    /** A transaction that came in pieces, or a savepoint within it, was rolled back. */
    record StreamAbort(int xid, int savepoint) implements LogicalMessage {}

    /** A message within a piece, with the transaction or savepoint it belongs to. */
    record Streamed(int xid, LogicalMessage message) implements LogicalMessage {}
}
