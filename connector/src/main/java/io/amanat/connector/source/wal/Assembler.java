package io.amanat.connector.source.wal;

import io.amanat.connector.source.wal.LogicalMessage.Begin;
import io.amanat.connector.source.wal.LogicalMessage.Commit;
import io.amanat.connector.source.wal.LogicalMessage.Delete;
import io.amanat.connector.source.wal.LogicalMessage.Insert;
import io.amanat.connector.source.wal.LogicalMessage.Note;
import io.amanat.connector.source.wal.LogicalMessage.Origin;
import io.amanat.connector.source.wal.LogicalMessage.Relation;
import io.amanat.connector.source.wal.LogicalMessage.StreamAbort;
import io.amanat.connector.source.wal.LogicalMessage.StreamCommit;
import io.amanat.connector.source.wal.LogicalMessage.StreamStart;
import io.amanat.connector.source.wal.LogicalMessage.StreamStop;
import io.amanat.connector.source.wal.LogicalMessage.Streamed;
import io.amanat.connector.source.wal.LogicalMessage.Truncate;
import io.amanat.connector.source.wal.LogicalMessage.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the messages of a log that was asked for in whole transactions (protocol version 1) together. No I/O. */
final class Assembler {

    /** What an object takes beside its bytes, roughly. */
    private static final int OVERHEAD = 100;

    /** Tables remembered; a log that describes more is not ours. */
    private static final int MOST_TABLES = 10_000;

    /** Different messages of applications in one transaction; more are not told, but for those whose whole prefix is wanted. */
    private static final int MOST_NOTES = 100;

    private final int mostBytes;
    private final Set<String> wanted;
    private final Map<Integer, Relation> tables = new HashMap<>();
    private final List<WalRow> rows = new ArrayList<>();
    private final Set<String> notes = new HashSet<>();
    private Optional<Lsn> open = Optional.empty();
    private int xid;
    private boolean tooLarge;
    private int bytes;

    /**
     * @param mostBytes that the rows of one transaction may take; those of a larger one are dropped
     * @param wanted how the prefixes begin of those messages of applications that are told
     */
    Assembler(int mostBytes, Set<String> wanted) {
        this.mostBytes = mostBytes;
        this.wanted = Set.copyOf(wanted);
    }

    /** Where the transaction was committed that has begun and whose end is still to come. */
    Optional<Lsn> open() {
        return open;
    }

    /**
     * Takes the next message.
     *
     * @param length of the message in bytes
     * @return the transaction that it completes, if it does
     */
    Optional<WalTransaction> accept(LogicalMessage message, int length) throws MalformedWal {
        switch (message) {
            case Begin begin -> begin(begin);
            case Commit commit -> {
                return Optional.of(commit(commit));
            }
            case Relation table -> remember(table);
            case Insert(var id, var now) -> add(new WalRow.Inserted(table(id), now), length, now.size());
            case Update(var id, var old, var now) ->
                add(new WalRow.Updated(table(id), old, now), length, 2 * now.size());
            case Delete(var id, var old) ->
                add(new WalRow.Deleted(table(id), old), length, old.cells().size());
            case Truncate truncate -> {
                for (int id : truncate.relations()) {
                    add(new WalRow.Emptied(table(id)), length, 0);
                }
            }
            case Note note -> note(note);
            case Origin _, LogicalMessage.Type _ -> {}
            case StreamStart _, StreamStop _, StreamCommit _, StreamAbort _, Streamed _ ->
                throw new MalformedWal("a transaction comes in pieces, which was not asked for");
        }
        return Optional.empty();
    }

    private void begin(Begin begin) throws MalformedWal {
        require(open.isEmpty(), "a transaction begins within another");
        open = Optional.of(begin.commit());
        xid = begin.xid();
    }

    private WalTransaction commit(Commit commit) throws MalformedWal {
        require(open.isPresent(), "a transaction ends that never began");
        var transaction = tooLarge
                ? WalTransaction.dropped(commit.end(), "it is larger than %s".formatted(Sizes.text(mostBytes)), notes)
                : new WalTransaction(
                        commit.end(), rows, bytes, Optional.of(commit.at().instant()), xid, Optional.empty(), notes);
        open = Optional.empty();
        tooLarge = false;
        bytes = 0;
        rows.clear();
        notes.clear();
        return transaction;
    }

    /** One that is not part of a transaction may stand anywhere, and is nobody's. */
    private void note(Note note) throws MalformedWal {
        if (note.transactional() && wanted.stream().anyMatch(note.prefix()::startsWith)) {
            require(open.isPresent(), "a message of a transaction stands outside of it");
            if (notes.size() < MOST_NOTES || wanted.contains(note.prefix())) {
                notes.add(note.prefix());
            }
        }
    }

    private void remember(Relation table) throws MalformedWal {
        require(tables.size() < MOST_TABLES || tables.containsKey(table.id()), "the log describes too many tables");
        tables.put(table.id(), table);
    }

    private Relation table(int id) throws MalformedWal {
        var table = tables.get(id);
        if (table == null) {
            throw new MalformedWal("a row belongs to a table that was not described");
        }
        return table;
    }

    private void add(WalRow row, int length, int cells) throws MalformedWal {
        require(open.isPresent(), "a row stands outside of a transaction");
        long size = (long) bytes + length + (long) OVERHEAD * (cells + 1);
        if (tooLarge || size > mostBytes) {
            tooLarge = true;
            bytes = 0;
            rows.clear();
        } else {
            bytes = (int) size;
            rows.add(row);
        }
    }

    private static void require(boolean holds, String rule) throws MalformedWal {
        if (!holds) {
            throw new MalformedWal(rule);
        }
    }
}
