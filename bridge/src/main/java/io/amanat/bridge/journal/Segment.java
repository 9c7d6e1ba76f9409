package io.amanat.bridge.journal;

import io.amanat.connector.change.Change;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One file of a journal, and what is known of its records without reading them. One thread writes, any may read. */
final class Segment {

    private static final byte[] MAGIC = "AMANATJ1".getBytes(StandardCharsets.US_ASCII);

    /** Magic and the first offset. */
    static final int HEAD = MAGIC.length + Long.BYTES;

    /** So many bytes are skimmed at most to find an offset. */
    private static final int STRIDE = 64 * 1024;

    private final Path file;
    private final long first;
    private final NavigableMap<Long, Long> index = new ConcurrentSkipListMap<>();
    private volatile long size = HEAD;
    private volatile long last;
    private volatile long began;
    private volatile long newest;
    private long indexed;
    private boolean torn;

    private Segment(Path file, long first) {
        this.file = file;
        this.first = first;
        this.last = first - 1;
        index.put(first, (long) HEAD);
    }

    /** An empty one that begins now. */
    Segment(Path file, long first, long now) {
        this(file, first);
        this.began = now;
    }

    /** How an empty one with this first offset begins. */
    static ByteBuffer head(long first) {
        return ByteBuffer.allocate(HEAD).put(MAGIC).putLong(first).flip();
    }

    /**
     * Looks through a file up to the first record that is not whole.
     *
     * @return nothing if it does not even begin like a segment, or elsewhere than its first record
     */
    static Optional<Segment> scan(Path file) throws IOException {
        var head = head(file);
        if (head.length < HEAD || !Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        var segment = new Segment(file, ByteBuffer.wrap(head).getLong(MAGIC.length));
        try (var cursor = new Cursor(file, HEAD, Files.size(file))) {
            var next = cursor.next();
            if (next.isPresent() && !segment.isNext(next.get())) {
                return Optional.empty(); // the record is whole, so where the file says that it begins is not
            }
            while (next.isPresent() && segment.isNext(next.get())) {
                segment.added(next.get(), cursor.position());
                next = cursor.next();
            }
            segment.torn = next.isEmpty() && cursor.isTorn();
        }
        return Optional.of(segment);
    }

    /** Whether behind its last record the file ends within another. */
    boolean isTorn() {
        return torn;
    }

    private static byte[] head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    private boolean isNext(Stored stored) {
        return stored.first() == last + 1 && stored.count() >= 0;
    }

    /** A record was written at {@link #size}; the file ends here now. */
    void added(Stored stored, long end) {
        long start = size;
        if (start - indexed >= STRIDE) {
            index.putIfAbsent(stored.first(), start);
            indexed = start;
        }
        began = began == 0 ? stored.at() : began;
        newest = stored.at();
        last = stored.last();
        size = end;
    }

    /** The entries that follow {@code offset}, at most so many, as far as they are in here. */
    List<Entry> after(long offset, int most) throws IOException {
        var entries = new ArrayList<Entry>();
        each(place(offset + 1), size, stored -> {
            if (stored.last() > offset) {
                add(entries, stored, offset, most);
            }
            return entries.size() < most;
        });
        return entries;
    }

    private static void add(List<Entry> entries, Stored stored, long offset, int most) {
        long next = stored.first();
        for (Change change : stored.changes()) {
            if (next > offset && entries.size() < most) {
                entries.add(new Entry(next, change));
            }
            next++;
        }
    }

    private long place(long offset) {
        var floor = index.floorEntry(offset);
        return floor == null ? HEAD : floor.getValue();
    }

    /** Every record in order. */
    void each(Consumer<Stored> reader) throws IOException {
        each(HEAD, size, stored -> {
            reader.accept(stored);
            return true;
        });
    }

    private void each(long from, long end, Predicate<Stored> reader) throws IOException {
        try (var cursor = new Cursor(file, from, end)) {
            var next = cursor.next();
            while (next.isPresent() && reader.test(next.get())) {
                next = cursor.next();
            }
        }
    }

    Path file() {
        return file;
    }

    long first() {
        return first;
    }

    /** The newest offset; one below {@link #first} when there is none. */
    long last() {
        return last;
    }

    long size() {
        return size;
    }

    /** When it was begun, in milliseconds. */
    long began() {
        return began;
    }

    /** When the newest record was appended, in milliseconds. */
    long newest() {
        return newest;
    }
}
