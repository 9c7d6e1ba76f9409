package io.amanat.connector.source.wal;

import java.nio.ByteBuffer;

/** What passes between a server and its reader while the log is streamed (PostgreSQL's manual, "Streaming Replication Protocol"). */
sealed interface CopyFrame {

    /** A piece of the log: one message of the output plugin. */
    record Data(Lsn start, ByteBuffer message) implements CopyFrame {}

    /** The server is alive and has decoded everything before {@code end}. */
    record Alive(Lsn end, boolean answerWanted) implements CopyFrame {}

    /** An answer to {@link Alive}: kind, written, flushed, applied, clock, whether an answer is wanted. */
    int STATUS_BYTES = 1 + 8 + 8 + 8 + 8 + 1;

    /** Microseconds from 1970 to 2000, where PostgreSQL's clock begins. */
    long EPOCH_MICROS = 946_684_800_000_000L;

    static CopyFrame parse(byte[] bytes) throws MalformedWal {
        var in = new WalBytes(ByteBuffer.wrap(bytes));
        byte kind = in.int8();
        if (kind == 'w') {
            var start = in.lsn();
            in.skip(16);
            return new Data(start, in.rest());
        }
        if (kind == 'k') {
            var end = in.lsn();
            in.skip(8);
            boolean wanted = in.flag();
            in.end();
            return new Alive(end, wanted);
        }
        throw new MalformedWal("a frame of the stream is of an unknown kind");
    }

    /** Says what was received and what is kept. */
    static byte[] status(Lsn received, Lsn flushed, long epochMicros) {
        return ByteBuffer.allocate(STATUS_BYTES)
                .put((byte) 'r')
                .putLong(received.value())
                .putLong(flushed.value())
                .putLong(flushed.value())
                .putLong(epochMicros - EPOCH_MICROS)
                .put((byte) 0)
                .array();
    }
}
