package io.amanat.bridge.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the segments of a directory, and cuts them to the last change before any damage. */
final class Recovery {

    static final String ENDING = ".journal";

    /** Of a segment that is being made: nobody has seen an offset of it. */
    static final String BEGUN = ".new";

    private final List<Segment> good = new ArrayList<>();
    private long number;
    private Optional<String> cut = Optional.empty();
    private boolean torn;

    private Recovery() {}

    /**
     * What is there after a look.
     *
     * @param number of the newest file
     * @param cut what had to be cut off, and where; empty if everything is whole
     * @param torn whether that was nothing but the beginning of one more record
     */
    record Found(Segments segments, long number, Optional<String> cut, boolean torn) {}

    static Found look(Path directory) throws IOException {
        var recovery = new Recovery();
        for (var file : files(directory)) {
            recovery.number = Math.max(recovery.number, number(file));
            recovery.take(file);
        }
        return new Found(new Segments(recovery.good), recovery.number, recovery.cut, recovery.torn);
    }

    private static List<Path> files(Path directory) throws IOException {
        var segments = new ArrayList<Path>();
        try (var files = Files.list(directory)) {
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                if (name.endsWith(BEGUN)) {
                    Files.delete(file);
                } else if (name.matches("\\d{10,18}" + ENDING)) {
                    segments.add(file);
                }
            }
        }
        return segments;
    }

    private static long number(Path file) {
        var name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
    }

    private void take(Path file) throws IOException {
        var segment = cut.isPresent() ? Optional.<Segment>empty() : scan(file);
        if (segment.filter(this::follows).isPresent()) {
            good.add(segment.get());
            shorten(segment.get(), Files.size(file));
        } else {
            cut = cut.or(() -> Optional.of("%s is damaged or does not follow the one before".formatted(file)));
            torn = false;
            Files.delete(file);
        }
    }

    /** A file that cannot even be read is damaged. */
    private static Optional<Segment> scan(Path file) {
        try {
            return Segment.scan(file);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private boolean follows(Segment next) {
        return good.isEmpty() || next.first() == good.getLast().last() + 1;
    }

    private void shorten(Segment segment, long size) throws IOException {
        if (size == segment.size()) {
            return;
        }
        torn = segment.isTorn();
        cut = Optional.of("%s is damaged after change %d, %d bytes before its end"
                .formatted(segment.file(), segment.last(), size - segment.size()));
        try (var channel = FileChannel.open(segment.file(), StandardOpenOption.WRITE)) {
            channel.truncate(segment.size());
            channel.force(true);
        }
    }
}
