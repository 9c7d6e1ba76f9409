package io.amanat.bridge.journal;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in files of one directory. What is appended is given to the operating system at once, so that no death of the
 * process takes it away, and made durable some milliseconds later. The newest entries are in memory, too: while the disk fails,
 * they are all there is.
 */
public final class DiskJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(DiskJournal.class);
    private static final int BATCH = 1_000;

    private final Store store;
    private final Ring ring;
    private final AtomicBoolean believed = new AtomicBoolean(true);
    private volatile String epoch;

    private DiskJournal(Path directory, JournalSettings settings, Disk disk, InstantSource clock) {
        var opened = Opening.open(directory, settings, disk, clock);
        ring = ring(opened.segments(), settings);
        store = new Store(directory, settings, disk, clock, opened, ring::last);
        epoch = store.life().epoch();
        store.start();
    }

    /**
     * Opens the journal of this directory; makes it if there is none.
     *
     * @throws JournalException if another bridge has it open, or it cannot be written to
     */
    public static DiskJournal open(Path directory, JournalSettings settings, InstantSource clock) {
        return open(directory, settings, Disk.OWN, clock);
    }

    static DiskJournal open(Path directory, JournalSettings settings, Disk disk, InstantSource clock) {
        return new DiskJournal(directory, settings, disk, clock);
    }

    /** The newest entries, as far as they can be read. */
    private static Ring ring(Segments segments, JournalSettings settings) {
        long last = segments.last();
        var newest = new ArrayList<Entry>();
        long next = Math.max(segments.first() - 1, last - settings.ringEntries());
        for (var batch = segments.after(next, BATCH); !batch.isEmpty(); batch = segments.after(next, BATCH)) {
            newest.addAll(batch);
            next = batch.getLast().offset();
        }
        boolean whole = next == last;
        var ring = new Ring(settings, whole ? last - newest.size() : last);
        if (whole) {
            ring.append(newest.stream().map(Entry::change).toList());
        }
        return ring;
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public long first() {
        long inMemory = ring.first();
        return reachesMemory(inMemory) ? Math.min(store.segments().first(), inMemory) : inMemory;
    }

    /** Whether nothing is missing between what is on disk and what is in memory. */
    private boolean reachesMemory(long inMemory) {
        return store.segments().last() >= inMemory - 1;
    }

    @Override
    public long last() {
        return ring.last();
    }

    @Override
    public long append(List<Change> changes, Position after) {
        var json = changes.isEmpty() ? Stored.NOTHING : ChangeWriter.write(changes);
        store.writing.lock();
        try {
            store.append(changes.size(), json, after);
            return ring.append(changes);
        } finally {
            store.writing.unlock();
        }
    }

    @Override
    public Durable durable() {
        return store.durable();
    }

    @Override
    public List<Position> positions(Duration within) {
        var newest = store.newest();
        if (newest.position().equals(Position.NOW)) {
            return List.of();
        }
        var positions = new ArrayList<Position>();
        long from = newest.at() - within.toMillis();
        long history = store.life().history();
        scan(from, stored -> {
            if (stored.at() >= from && stored.first() > history) {
                add(positions, stored.position());
            }
        });
        add(positions, newest.position());
        return positions;
    }

    private static void add(List<Position> positions, Position position) {
        if (!position.equals(Position.NOW)
                && (positions.isEmpty() || !positions.getLast().equals(position))) {
            positions.add(position);
        }
    }

    private boolean scan(long from, Consumer<Stored> reader) {
        try {
            store.segments().since(from, reader);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn("the journal cannot be read", e);
            return false;
        }
    }

    @Override
    public Optional<List<PastRights>> rightsSince(Instant moment) {
        var rights = new ArrayList<PastRights>();
        boolean whole = scan(moment.toEpochMilli(), stored -> {
            if (stored.mayHold("rights")) {
                var at = Instant.ofEpochMilli(stored.at());
                stored.changes().stream()
                        .filter(Change.Rights.class::isInstance)
                        .map(Change.Rights.class::cast)
                        .forEach(change -> rights.add(new PastRights(at, change)));
            }
        });
        return whole ? Optional.of(rights) : Optional.empty();
    }

    @Override
    public byte[] key() {
        return HexFormat.of().parseHex(store.life().key());
    }

    @Override
    public void renew(String reason) {
        begin(reason, true);
    }

    /** The epoch is written down by a thread that may wait for the disk. */
    @Override
    public boolean beyondHead() {
        boolean first = believed.getAndSet(false);
        if (first) {
            Thread.ofVirtual().start(() -> begin("somebody knows an offset that was never given", false));
        }
        return first;
    }

    private void begin(String reason, boolean forget) {
        LOG.warn("a new epoch of the journal begins, everybody re-reads: {}", reason);
        store.writing.lock();
        try {
            store.renew(forget);
            epoch = store.life().epoch();
            append(List.of(Journal.gap(reason)), Position.NOW);
        } finally {
            store.writing.unlock();
        }
    }

    @Override
    public void incarnation(String name) {
        var today = hash(name);
        var before = store.life().incarnation();
        if (!before.equals(today)) {
            if (!before.isEmpty()) {
                renew("the database is another copy than before");
            }
            store.remember(life -> life.of(today));
        }
    }

    private static String hash(String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    @Override
    public JournalState state() {
        return store.state();
    }

    @Override
    public Reading read(long offset, int most, Duration timeout) throws InterruptedException {
        ring.await(offset, timeout);
        var inMemory = ring.after(offset, most);
        return inMemory.isPresent() ? new Reading.Entries(inMemory.get()) : older(offset, most);
    }

    private Reading older(long offset, int most) throws InterruptedException {
        var entries = offset < first() - 1 ? List.<Entry>of() : store.segments().after(offset, most);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return entries.isEmpty() ? new Reading.Behind(ring.last()) : new Reading.Entries(entries);
    }

    @Override
    public void close() {
        store.close();
    }
}
