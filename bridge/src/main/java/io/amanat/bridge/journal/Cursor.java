package io.amanat.bridge.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Goes through the records of a segment, up to its end or to the first one that is not whole. Used by one thread. */
final class Cursor implements AutoCloseable {

    private static final int WINDOW = 256 * 1024;

    private final FileChannel file;
    private final long end;
    private long next;
    private ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
    private long start;

    /**
     * Opens a segment.
     *
     * @param from where a record begins
     * @param end where the last one ends
     */
    Cursor(Path segment, long from, long end) throws IOException {
        this.file = FileChannel.open(segment, StandardOpenOption.READ);
        this.next = from;
        this.end = end;
    }

    /** Where the next record begins. */
    long position() {
        return next;
    }

    /** The next record, good until the next call; nothing if there is none that is whole. */
    Optional<Stored> next() throws IOException {
        if (end - next < Stored.HEAD + Stored.LEAST) {
            return Optional.empty();
        }
        long length = bytes(Integer.BYTES).getInt(0);
        if (length < Stored.LEAST || length > end - next - Stored.HEAD) {
            return Optional.empty();
        }
        var stored = Stored.read(bytes(Stored.HEAD + (int) length));
        stored.ifPresent(_ -> next += Stored.HEAD + length);
        return stored;
    }

    /** Whether what is behind the last whole record is the beginning of another: it was being written when its writer was killed. */
    boolean isTorn() throws IOException {
        long rest = end - next;
        if (rest < Stored.HEAD + Stored.LEAST) {
            return rest > 0;
        }
        long length = bytes(Integer.BYTES).getInt(0);
        return length > rest - Stored.HEAD;
    }

    /** So many bytes from where the next record begins. */
    private ByteBuffer bytes(int count) throws IOException {
        if (next < start || next + count > start + window.limit()) {
            fill(count);
        }
        return window.slice((int) (next - start), count);
    }

    private void fill(int count) throws IOException {
        window = count > window.capacity() ? ByteBuffer.allocate(count) : window.clear();
        start = next;
        boolean more = true;
        while (more && window.hasRemaining()) {
            more = file.read(window, start + window.position()) >= 0;
        }
        window.flip();
        if (window.limit() < count) {
            throw new IOException("the file became shorter while it was read");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
