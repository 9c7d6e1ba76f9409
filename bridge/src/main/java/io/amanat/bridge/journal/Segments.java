package io.amanat.bridge.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a journal, oldest first; never empty, but while it is opened. Changed by its owner only, read by any thread. */
final class Segments {

    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

    private volatile List<Segment> all;

    Segments(List<Segment> all) {
        this.all = List.copyOf(all);
    }

    long first() {
        return all.getFirst().first();
    }

    long last() {
        return all.getLast().last();
    }

    int count() {
        return all.size();
    }

    Segment newest() {
        return all.getLast();
    }

    long bytes() {
        return all.stream().mapToLong(Segment::size).sum();
    }

    synchronized void add(Segment newest) {
        var more = new ArrayList<>(all);
        more.add(newest);
        all = List.copyOf(more);
    }

    /** Drops what is beyond the limits, but never the newest file. */
    void trim(JournalSettings settings, Instant now) throws IOException {
        long over = now.minus(settings.age()).toEpochMilli();
        while (all.size() > 1 && (isOver(settings) || all.getFirst().newest() < over)) {
            dropOldest();
        }
    }

    private boolean isOver(JournalSettings settings) {
        return bytes() > settings.bytes() || last() - first() + 1 > settings.entries();
    }

    /** Drops every file but the newest. */
    void dropOlder() throws IOException {
        while (all.size() > 1) {
            dropOldest();
        }
    }

    private synchronized void dropOldest() throws IOException {
        var oldest = all.getFirst();
        Files.deleteIfExists(oldest.file());
        all = List.copyOf(all.subList(1, all.size()));
    }

    /** The entries that follow {@code offset}, at most so many, without a gap; none if the next one cannot be read. */
    List<Entry> after(long offset, int most) {
        var entries = new ArrayList<Entry>();
        try {
            for (var segment : all) {
                long reached = offset + entries.size();
                if (segment.last() > reached && entries.size() < most) {
                    follow(entries, reached, segment.after(reached, most - entries.size()));
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("dropped while it was read", e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("changes after {} cannot be read from the journal", offset + entries.size(), e);
        }
        return entries;
    }

    private static void follow(List<Entry> entries, long reached, List<Entry> next) throws IOException {
        if (next.isEmpty() || next.getFirst().offset() != reached + 1) {
            throw new IOException("change %d is missing".formatted(reached + 1));
        }
        entries.addAll(next);
    }

    /** Every record appended since a moment, and maybe some before, oldest first. */
    void since(long millis, Consumer<Stored> reader) throws IOException {
        for (var segment : all.stream().dropWhile(it -> it.newest() < millis).toList()) {
            segment.each(reader);
        }
    }

    /** The position of the newest record like this. */
    Optional<Stored> newest(Predicate<Stored> wanted) throws IOException {
        for (var segment : all.reversed()) {
            var found = new ArrayList<Stored>(1);
            segment.each(stored -> {
                if (wanted.test(stored)) {
                    found.clear();
                    found.add(Stored.position(stored.first(), stored.at(), stored.position()));
                }
            });
            if (!found.isEmpty()) {
                return Optional.of(found.getFirst());
            }
        }
        return Optional.empty();
    }
}
