package io.amanat.bridge.journal;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A journal in this process, for tests and demonstrations: what ends with the process counts as durable. Every start is a new epoch. */
public final class MemoryJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryJournal.class);

    private final Ring ring;
    private final int most;
    private final byte[] key = Epochs.key();
    private final Deque<Position> positions = new ArrayDeque<>();
    private volatile String epoch;
    private Optional<String> incarnation = Optional.empty();
    private boolean believed = true;

    /**
     * An empty journal.
     *
     * @param epoch a name that no earlier journal had
     */
    public MemoryJournal(String epoch, JournalSettings settings) {
        this.epoch = epoch;
        this.ring = new Ring(settings, 0);
        this.most = settings.ringEntries();
    }

    /** An empty journal of a new epoch. */
    public MemoryJournal(JournalSettings settings) {
        this(Epochs.name(), settings);
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public long first() {
        return ring.first();
    }

    @Override
    public long last() {
        return ring.last();
    }

    @Override
    public synchronized long append(List<Change> changes, Position after) {
        if (!after.equals(Position.NOW)) {
            positions.addLast(after);
            if (positions.size() > most) {
                positions.removeFirst();
            }
        }
        return ring.append(changes);
    }

    @Override
    public synchronized Durable durable() {
        return new Durable(ring.last(), positions.isEmpty() ? Position.NOW : positions.getLast());
    }

    @Override
    public synchronized List<Position> positions(Duration within) {
        return List.copyOf(positions);
    }

    @Override
    public Optional<List<PastRights>> rightsSince(Instant moment) {
        return Optional.of(List.of());
    }

    @Override
    public byte[] key() {
        return key.clone();
    }

    @Override
    public synchronized void renew(String reason) {
        positions.clear();
        begin(reason);
    }

    @Override
    public synchronized boolean beyondHead() {
        boolean first = believed;
        believed = false;
        if (first) {
            begin("somebody knows an offset that was never given");
        }
        return first;
    }

    @Override
    public synchronized void incarnation(String name) {
        var before = incarnation;
        incarnation = Optional.of(name);
        if (before.isPresent() && !before.equals(incarnation)) {
            renew("the database is another copy than before");
        }
    }

    private void begin(String reason) {
        LOG.warn("a new epoch begins: {}", reason);
        epoch = Epochs.name();
        ring.append(List.of(Journal.gap(reason)));
    }

    @Override
    public JournalState state() {
        return new JournalState("memory", Optional.empty(), 0, 0, 0, 0, 0);
    }

    @Override
    public Reading read(long offset, int most, Duration timeout) throws InterruptedException {
        ring.await(offset, timeout);
        return ring.after(offset, most)
                .<Reading>map(Reading.Entries::new)
                .orElseGet(() -> new Reading.Behind(ring.last()));
    }

    @Override
    public void close() {
        // nothing outlives the process
    }
}
