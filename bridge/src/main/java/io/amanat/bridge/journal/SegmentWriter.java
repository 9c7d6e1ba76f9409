package io.amanat.bridge.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Appends to the newest segment and begins the next one when it is full. Used under its owner's lock. */
final class SegmentWriter implements AutoCloseable {

    /** The journal's limits are kept to within this part of them. */
    private static final int PARTS = 16;

    private final Path directory;
    private final JournalSettings settings;
    private final Disk disk;
    private final Segments segments;
    private final List<Disk.Out> unsynced = new ArrayList<>();
    private long number;
    private boolean named;
    private Segment current;
    private Disk.Out out;

    /**
     * Goes on where the newest segment ends.
     *
     * @param first what a first segment begins with, if there is none
     */
    SegmentWriter(Path directory, JournalSettings settings, Disk disk, Recovery.Found found, Stored first)
            throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.disk = disk;
        this.segments = found.segments();
        this.number = found.number();
        if (segments.count() == 0) {
            number++;
            var begun = create(number, first, first.at());
            segments.add(begun.segment());
            this.out = begun.out();
            this.named = true;
        } else {
            this.out = disk.open(segments.newest().file());
        }
        this.current = segments.newest();
        unsynced.add(out);
    }

    /** What a segment holds at most. */
    long room() {
        return Math.max(1, settings.bytes() / PARTS);
    }

    /**
     * Appends a record.
     *
     * @param place the newest position until now, with which a new segment begins, so that dropping older ones loses none
     */
    void append(Stored stored, Stored place) throws IOException {
        if (isFull(stored.at())) {
            begin(place, stored.at());
        }
        var bytes = stored.bytes();
        long end = current.size() + bytes.remaining();
        out.write(bytes, current.size());
        current.added(stored, end);
    }

    private boolean isFull(long now) {
        return current.size() >= room()
                || current.last() - current.first() + 1 >= Math.max(1, settings.entries() / PARTS)
                || (current.began() != 0
                        && now - current.began() >= settings.age().toMillis() / PARTS);
    }

    /** Begins a new segment with this record. */
    void begin(Stored place, long now) throws IOException {
        number++;
        var next = create(number, place, now);
        out = next.out();
        current = next.segment();
        unsynced.add(out);
        named = true;
        segments.add(current);
    }

    private record Begun(Segment segment, Disk.Out out) {}

    /** Makes a segment's file; nobody ever finds one that is half begun. */
    private Begun create(long number, Stored place, long now) throws IOException {
        var begun = directory.resolve(number + Recovery.BEGUN);
        var file = directory.resolve("%010d%s".formatted(number, Recovery.ENDING));
        Files.deleteIfExists(begun);
        var segment = new Segment(file, place.first(), now);
        var out = disk.open(begun);
        try {
            out.write(Segment.head(place.first()), 0);
            var bytes = place.bytes();
            long end = (long) Segment.HEAD + bytes.remaining();
            out.write(bytes, Segment.HEAD);
            segment.added(place, end);
            Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
            return new Begun(segment, out);
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    /** Goes on in a new segment, whatever became of the one before. */
    void restart(Stored place, long now) throws IOException {
        close();
        unsynced.clear();
        begin(place, now);
    }

    /** What was written to since the last call. */
    Unsynced unsynced() {
        var taken = new Unsynced(List.copyOf(unsynced), named);
        unsynced.clear();
        unsynced.add(out);
        named = false;
        return taken;
    }

    /**
     * What is not on the disk yet.
     *
     * @param files oldest first; the last one is still in use
     * @param named whether files were made
     */
    record Unsynced(List<Disk.Out> files, boolean named) {}

    @Override
    public void close() throws IOException {
        out.close();
    }
}
