package io.amanat.connector.source.wal;

import io.amanat.connector.source.wal.LogicalMessage.Begin;
import io.amanat.connector.source.wal.LogicalMessage.Column;
import io.amanat.connector.source.wal.LogicalMessage.Commit;
import io.amanat.connector.source.wal.LogicalMessage.Delete;
import io.amanat.connector.source.wal.LogicalMessage.Insert;
import io.amanat.connector.source.wal.LogicalMessage.Note;
import io.amanat.connector.source.wal.LogicalMessage.Old;
import io.amanat.connector.source.wal.LogicalMessage.Origin;
import io.amanat.connector.source.wal.LogicalMessage.Relation;
import io.amanat.connector.source.wal.LogicalMessage.StreamAbort;
import io.amanat.connector.source.wal.LogicalMessage.StreamCommit;
import io.amanat.connector.source.wal.LogicalMessage.StreamStart;
import io.amanat.connector.source.wal.LogicalMessage.StreamStop;
import io.amanat.connector.source.wal.LogicalMessage.Streamed;
import io.amanat.connector.source.wal.LogicalMessage.Truncate;
import io.amanat.connector.source.wal.LogicalMessage.Update;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decodes pgoutput, protocol versions 1 and 2 (PostgreSQL's manual, "Logical Replication Message Formats"). Strict: whatever is not
 * exactly a message is {@link MalformedWal}, and nothing else is ever thrown. No I/O, no state.
 */
public final class PgOutput {

    /** PostgreSQL's own limit is 1,600. */
    private static final int MOST_COLUMNS = 1664;

    private PgOutput() {}

    /**
     * Decodes one message, all of {@code bytes}.
     *
     * @param inStream whether it stands between {@link StreamStart} and {@link StreamStop}
     */
    public static LogicalMessage decode(ByteBuffer bytes, boolean inStream) throws MalformedWal {
        var in = new WalBytes(bytes);
        byte kind = in.int8();
        var message = switch (kind) {
            case 'R', 'Y', 'I', 'U', 'D', 'T', 'M' ->
                inStream ? new Streamed(in.int32(), content(kind, in)) : content(kind, in);
            default -> frame(kind, in, inStream);
        };
        in.end();
        return message;
    }

    private static LogicalMessage frame(byte kind, WalBytes in, boolean inStream) throws MalformedWal {
        if (inStream && kind != 'E' && kind != 'O') {
            throw new MalformedWal("a piece of a transaction holds another transaction's message");
        }
        return switch (kind) {
            case 'B' -> new Begin(in.lsn(), in.moment(), in.int32());
            case 'C' -> commit(in);
            case 'O' -> new Origin(in.lsn(), in.name());
            case 'S' -> new StreamStart(in.int32(), in.flag());
            case 'E' -> {
                if (!inStream) {
                    throw new MalformedWal("a piece of a transaction ends that never began");
                }
                yield new StreamStop();
            }
            case 'c' -> streamCommit(in);
            case 'A' -> new StreamAbort(in.int32(), in.int32());
            default -> throw new MalformedWal("a message of an unknown kind");
        };
    }

    private static LogicalMessage content(byte kind, WalBytes in) throws MalformedWal {
        return switch (kind) {
            case 'R' -> relation(in);
            case 'Y' -> new LogicalMessage.Type(in.int32(), in.name(), in.name());
            case 'I' -> insert(in);
            case 'U' -> update(in);
            case 'D' -> new Delete(in.int32(), old(in.int8(), in));
            case 'T' -> truncate(in);
            default -> note(in);
        };
    }

    private static LogicalMessage commit(WalBytes in) throws MalformedWal {
        in.zero();
        return new Commit(in.lsn(), in.lsn(), in.moment());
    }

    private static LogicalMessage streamCommit(WalBytes in) throws MalformedWal {
        int xid = in.int32();
        in.zero();
        return new StreamCommit(xid, in.lsn(), in.lsn(), in.moment());
    }

    private static LogicalMessage relation(WalBytes in) throws MalformedWal {
        int id = in.int32();
        var schema = in.name();
        var name = in.name();
        char identity = (char) in.int8();
        if ("dnfi".indexOf(identity) < 0) {
            throw new MalformedWal("a table has an unknown replica identity");
        }
        int count = columnCount(in);
        var columns = new ArrayList<Column>(count);
        for (int i = 0; i < count; i++) {
            boolean key = in.flag();
            columns.add(new Column(in.name(), in.int32(), in.int32(), key));
        }
        return new Relation(id, schema, name, identity, columns);
    }

    private static LogicalMessage insert(WalBytes in) throws MalformedWal {
        int relation = in.int32();
        requireNew(in.int8());
        return new Insert(relation, cells(in));
    }

    private static LogicalMessage update(WalBytes in) throws MalformedWal {
        int relation = in.int32();
        byte next = in.int8();
        if (next == 'N') {
            return new Update(relation, Optional.empty(), cells(in));
        }
        var old = old(next, in);
        requireNew(in.int8());
        return new Update(relation, Optional.of(old), cells(in));
    }

    private static Old old(byte kind, WalBytes in) throws MalformedWal {
        if (kind != 'K' && kind != 'O') {
            throw new MalformedWal("an old row is neither a key nor whole");
        }
        return new Old(kind == 'O', cells(in));
    }

    private static void requireNew(byte kind) throws MalformedWal {
        if (kind != 'N') {
            throw new MalformedWal("a new row is missing");
        }
    }

    private static List<Cell> cells(WalBytes in) throws MalformedWal {
        int count = columnCount(in);
        var cells = new ArrayList<Cell>(count);
        for (int i = 0; i < count; i++) {
            cells.add(cell(in));
        }
        return cells;
    }

    private static Cell cell(WalBytes in) throws MalformedWal {
        return switch (in.int8()) {
            case 'n' -> Cell.NULL;
            case 'u' -> Cell.UNCHANGED;
            case 't' -> new Cell.Text(in.text(in.int32()));
            case 'b' -> throw new MalformedWal("a value is binary, which was not asked for");
            default -> throw new MalformedWal("a value of an unknown kind");
        };
    }

    private static int columnCount(WalBytes in) throws MalformedWal {
        int count = in.uint16();
        if (count > MOST_COLUMNS) {
            throw new MalformedWal("a row has more columns than PostgreSQL allows");
        }
        return count;
    }

    private static LogicalMessage truncate(WalBytes in) throws MalformedWal {
        int count = in.count(4);
        byte options = in.int8();
        if ((options & ~3) != 0) {
            throw new MalformedWal("emptying a table has an unknown option");
        }
        var relations = new ArrayList<Integer>(count);
        for (int i = 0; i < count; i++) {
            relations.add(in.int32());
        }
        return new Truncate(relations, (options & 1) != 0, (options & 2) != 0);
    }

    private static LogicalMessage note(WalBytes in) throws MalformedWal {
        boolean transactional = in.flag();
        var at = in.lsn();
        var prefix = in.name();
        int length = in.count(1);
        in.skip(length);
        return new Note(transactional, at, prefix, length);
    }
}
