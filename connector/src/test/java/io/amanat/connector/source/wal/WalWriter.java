package io.amanat.connector.source.wal;

import io.amanat.connector.source.wal.LogicalMessage.Old;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/** Writes messages of pgoutput as PostgreSQL does, for the tests. */
final class WalWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** The bytes of a message. */
    static ByteBuffer bytes(LogicalMessage message) {
        var writer = new WalWriter();
        try {
            writer.message(message, OptionalInt.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(writer.bytes.toByteArray());
    }

    private void message(LogicalMessage message, OptionalInt xid) throws IOException {
        switch (message) {
            case LogicalMessage.Streamed(var of, var inner) -> message(inner, OptionalInt.of(of));
            case LogicalMessage.Begin(var commit, var at, var id) -> {
                kind('B').lsn(commit).out.writeLong(at.micros());
                out.writeInt(id);
            }
            case LogicalMessage.Commit(var commit, var end, var at) -> {
                kind('C').out.writeByte(0);
                lsn(commit).lsn(end).out.writeLong(at.micros());
            }
            case LogicalMessage.Origin(var commit, var name) ->
                kind('O').lsn(commit).name(name);
            case LogicalMessage.Relation relation -> {
                content('R', xid).out.writeInt(relation.id());
                name(relation.schema()).name(relation.name()).out.writeByte(relation.identity());
                out.writeShort(relation.columns().size());
                for (var column : relation.columns()) {
                    out.writeByte(column.key() ? 1 : 0);
                    name(column.name()).out.writeInt(column.type());
                    out.writeInt(column.modifier());
                }
            }
            case LogicalMessage.Type(var id, var schema, var name) -> {
                content('Y', xid).out.writeInt(id);
                name(schema).name(name);
            }
            case LogicalMessage.Insert(var relation, var now) -> {
                content('I', xid).out.writeInt(relation);
                kind('N').cells(now);
            }
            case LogicalMessage.Update(var relation, var old, var now) -> {
                content('U', xid).out.writeInt(relation);
                if (old.isPresent()) {
                    old(old.get());
                }
                kind('N').cells(now);
            }
            case LogicalMessage.Delete(var relation, var old) -> {
                content('D', xid).out.writeInt(relation);
                old(old);
            }
            case LogicalMessage.Truncate(var relations, var cascade, var restart) -> {
                content('T', xid).out.writeInt(relations.size());
                out.writeByte((cascade ? 1 : 0) | (restart ? 2 : 0));
                for (int relation : relations) {
                    out.writeInt(relation);
                }
            }
            case LogicalMessage.Note(var transactional, var at, var prefix, var length) -> {
                content('M', xid).out.writeByte(transactional ? 1 : 0);
                lsn(at).name(prefix).out.writeInt(length);
                out.write(new byte[length]);
            }
            case LogicalMessage.StreamStart(var id, var first) -> {
                kind('S').out.writeInt(id);
                out.writeByte(first ? 1 : 0);
            }
            case LogicalMessage.StreamStop _ -> kind('E');
            case LogicalMessage.StreamCommit(var id, var commit, var end, var at) -> {
                kind('c').out.writeInt(id);
                out.writeByte(0);
                lsn(commit).lsn(end).out.writeLong(at.micros());
            }
            case LogicalMessage.StreamAbort(var id, var savepoint) -> {
                kind('A').out.writeInt(id);
                out.writeInt(savepoint);
            }
        }
    }

    private WalWriter kind(char kind) throws IOException {
        out.writeByte(kind);
        return this;
    }

    private WalWriter content(char kind, OptionalInt xid) throws IOException {
        kind(kind);
        if (xid.isPresent()) {
            out.writeInt(xid.getAsInt());
        }
        return this;
    }

    private WalWriter lsn(Lsn lsn) throws IOException {
        out.writeLong(lsn.value());
        return this;
    }

    private WalWriter name(String name) throws IOException {
        out.write(name.getBytes(StandardCharsets.UTF_8));
        out.writeByte(0);
        return this;
    }

    private void old(Old old) throws IOException {
        kind(old.whole() ? 'O' : 'K').cells(old.cells());
    }

    private void cells(List<Cell> cells) throws IOException {
        out.writeShort(cells.size());
        for (var cell : cells) {
            switch (cell) {
                case Cell.Null _ -> kind('n');
                case Cell.Unchanged _ -> kind('u');
                case Cell.Text(var text) -> {
                    var utf8 = text.getBytes(StandardCharsets.UTF_8);
                    kind('t').out.writeInt(utf8.length);
                    out.write(utf8);
                }
            }
        }
    }
}
