package io.amanat.bridge.journal;

import io.amanat.bridge.journal.Journal.Durable;
import io.amanat.connector.change.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disk's side of a journal: takes records, makes them durable on a thread of its own, and when the disk fails says so and
 * waits until it works again. Records are given under {@link #writing}; all the rest is safe to share.
 */
final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration GATHER = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PROBE = 64 * 1024;

    /** Held by whoever appends, so that offsets on disk are those in memory. */
    final ReentrantLock writing = new ReentrantLock();

    private final Path directory;
    private final JournalSettings settings;
    private final Disk disk;
    private final InstantSource clock;
    private final Opening.Opened opened;
    private final SegmentWriter writer;
    private final EpochFile epochFile;
    private final Segments segments;
    private final LongSupplier last;
    private final Thread thread;
    private final LongAdder lost = new LongAdder();
    private final LongAdder syncs = new LongAdder();
    private final LongAdder syncNanos = new LongAdder();
    private Stored place;
    private Durable written;
    private volatile Durable durable;
    private volatile Optional<String> trouble = Optional.empty();
    private volatile Optional<Long> syncing = Optional.empty();
    private volatile boolean dirty = true;
    private volatile boolean closing;

    /**
     * The store of a directory that was opened.
     *
     * @param last the newest offset given
     */
    Store(
            Path directory,
            JournalSettings settings,
            Disk disk,
            InstantSource clock,
            Opening.Opened opened,
            LongSupplier last) {
        this.directory = directory;
        this.settings = settings;
        this.disk = disk;
        this.clock = clock;
        this.opened = opened;
        this.writer = opened.writer();
        this.epochFile = opened.epochFile();
        this.segments = opened.segments();
        this.last = last;
        this.place = opened.place();
        this.written = new Durable(segments.last(), place.position());
        this.durable = new Durable(0, Position.NOW);
        this.thread = Thread.ofPlatform().name("amanat-journal").daemon().unstarted(this::run);
    }

    /** Makes durable what was found, and starts. */
    void start() {
        round();
        thread.start();
    }

    /** Takes the changes that get the next offsets; never throws because of the disk. */
    void append(int count, ByteBuffer json, Position after) {
        long at = clock.millis();
        var stored = new Stored(last.getAsLong() + 1, count, at, after, json);
        try {
            if (trouble.isEmpty()) {
                writer.append(stored, place());
                written(stored);
            }
        } catch (IOException e) {
            fail(e);
        }
        if (trouble.isPresent()) {
            lost.add(count);
        }
        if (!after.equals(Position.NOW)) {
            place = Stored.position(stored.first(), at, after);
        }
        wake();
    }

    private void written(Stored stored) {
        var position = stored.position().equals(Position.NOW) ? written.position() : stored.position();
        written = new Durable(stored.last(), position);
    }

    /** The newest position, as a record of its own. */
    private Stored place() {
        return Stored.position(last.getAsLong() + 1, place.at(), place.position());
    }

    private void wake() {
        if (!dirty) {
            dirty = true;
            LockSupport.unpark(thread);
        }
    }

    /** Writes down a new epoch; under {@link #writing}. */
    void renew(boolean forget) {
        if (forget) {
            place = Stored.position(0, 0, Position.NOW);
            written = new Durable(written.offset(), Position.NOW);
        }
        remember(life -> forget ? life.renewed().since(last.getAsLong() + 1) : life.renewed());
    }

    /** Writes down what the journal knows of itself. */
    void remember(UnaryOperator<Life> change) {
        try {
            epochFile.update(change);
        } catch (IOException e) {
            fail(e);
        }
    }

    Life life() {
        return epochFile.life();
    }

    Segments segments() {
        return segments;
    }

    Durable durable() {
        return durable;
    }

    /** The newest position; without text if none is known. */
    Stored newest() {
        writing.lock();
        try {
            return place;
        } finally {
            writing.unlock();
        }
    }

    private void run() {
        while (!closing) {
            if (!dirty) {
                LockSupport.parkNanos(IDLE.toNanos());
            }
            round();
            LockSupport.parkNanos(GATHER.toNanos());
        }
        round();
    }

    private void round() {
        dirty = false;
        try {
            if (trouble.isPresent()) {
                heal();
            } else {
                sync();
                segments.trim(settings, clock.instant());
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void sync() throws IOException {
        SegmentWriter.Unsynced unsynced;
        Durable reached;
        writing.lock();
        try {
            reached = written;
            if (reached.equals(durable)) {
                return;
            }
            unsynced = writer.unsynced();
        } finally {
            writing.unlock();
        }
        force(unsynced);
        durable = reached;
        epochFile.update(life -> life.reached(reached.offset()));
    }

    /** One sync for everything that was written meanwhile. */
    private void force(SegmentWriter.Unsynced unsynced) throws IOException {
        long start = System.nanoTime();
        syncing = Optional.of(start);
        try {
            var files = unsynced.files();
            for (var file : files) {
                file.force();
            }
            for (var full : files.subList(0, files.size() - 1)) {
                full.close();
            }
            if (unsynced.named()) {
                disk.force(directory);
            }
        } finally {
            syncing = Optional.empty();
            syncs.increment();
            syncNanos.add(System.nanoTime() - start);
        }
    }

    /** From now on nothing is written, until {@link #heal}. */
    private void fail(Exception e) {
        writing.lock();
        try {
            if (trouble.isEmpty()) {
                trouble = Optional.of("the journal in %s is not durable: %s".formatted(directory, e.getMessage()));
                LOG.error(
                        "{}; changes are delivered from memory, and a restart makes everybody re-read until there is space",
                        trouble.get(),
                        e);
                epochFile.update(life -> life.losing(true));
            }
        } catch (IOException again) {
            LOG.error("the journal's epoch file cannot be marked", again);
        } finally {
            writing.unlock();
        }
    }

    /** Tries whether the disk works again; what is on it from before ends with offsets that were given later, and goes. */
    private void heal() throws IOException {
        if (disk.space(directory) < 2 * writer.room()) {
            return;
        }
        probe();
        writing.lock();
        try {
            writer.restart(place(), clock.millis());
            written = new Durable(last.getAsLong(), place.position());
            trouble = Optional.empty();
        } finally {
            writing.unlock();
        }
        sync();
        segments.dropOlder();
        healed();
    }

    private void probe() throws IOException {
        var file = directory.resolve("probe" + Recovery.BEGUN);
        try (var out = disk.open(file)) {
            out.write(ByteBuffer.allocate(PROBE), 0);
            out.force();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void healed() throws IOException {
        writing.lock();
        try {
            if (trouble.isEmpty()) {
                epochFile.update(life -> life.losing(false));
                LOG.info("the journal in {} is durable again, from change {} on", directory, segments.first());
            }
        } finally {
            writing.unlock();
        }
        epochFile.force();
    }

    JournalState state() {
        return new JournalState(
                "disk",
                trouble.or(this::hanging),
                segments.bytes(),
                segments.count(),
                syncs.sum(),
                syncNanos.sum() / 1e9,
                lost.sum());
    }

    private Optional<String> hanging() {
        return syncing.map(start -> Duration.ofNanos(System.nanoTime() - start))
                .filter(time -> time.compareTo(PATIENCE) > 0)
                .map(time -> "the journal in %s is not durable: the disk has not answered for %d s"
                        .formatted(directory, time.toSeconds()));
    }

    /** Makes everything durable, if the disk answers in time. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            if (thread.join(PATIENCE)) {
                end();
            } else {
                LOG.warn("the disk does not answer; the journal in {} is left as it is", directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("the journal in {} was not closed cleanly", directory, e);
        }
    }

    private void end() throws IOException {
        try (var _ = opened.lock();
                var _ = epochFile) {
            writer.close();
            epochFile.update(Life::closed);
            epochFile.force();
        }
    }
}
