package io.amanat.bridge.presence;

import io.amanat.bridge.access.RecordOracle;
import io.amanat.bridge.access.RightsBook;
import io.amanat.bridge.channel.Numbered;
import io.amanat.bridge.channel.Watcher;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is at which record, and who has been told of it. Whoever is to be told must be allowed to read the record: Odoo is asked, many
 * at a time, and its answer counts until the record or somebody's rights change, or for some minutes. What is not known is not told.
 * Kept in memory only. Safe to share; nobody but its own thread waits for Odoo.
 */
public final class Presences implements AutoCloseable {

    /** How often a record is told of at most. */
    static final Duration PACE = Duration.ofSeconds(1);

    /** What happens within this time is asked about together. */
    static final Duration GATHER = Duration.ofMillis(100);

    /** How soon it is asked again what Odoo did not answer. */
    static final Duration RETRY = Duration.ofSeconds(5);

    /** How long an answer counts if no change is announced. */
    static final Duration TRUSTED = Duration.ofMinutes(4);

    /** Of how many records one observer is told at a time that somebody is there. */
    static final int MOST_RECORDS = 200;

    /** How many records are looked at together. */
    private static final int MOST_AT_ONCE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Presences.class);

    private final RecordOracle oracle;
    private final LongSupplier nanos;
    /** Held while something is told, so that nothing is told that a change about to be decided forbids. Taken before {@link #lock}. */
    private final ReentrantLock telling = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Rooms rooms = new Rooms();
    private final Names names;
    private final Thread thread = Thread.ofVirtual().name("amanat-presence").unstarted(this::run);
    private volatile Hearers hearers = told -> {};
    private volatile boolean nobody = true;
    private long generation;
    private int holds;
    private long revised;

    /** Ends what {@link #hold} began. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** Nobody is anywhere yet. */
    public Presences(RightsBook book, LongSupplier nanos) {
        this(book, book::names, nanos);
    }

    Presences(RecordOracle oracle, Names.NameOracle names, LongSupplier nanos) {
        this.oracle = oracle;
        this.nanos = nanos;
        this.names = new Names(names, nanos);
        this.revised = nanos.getAsLong();
    }

    /** Tells these from now on. */
    public void start(Hearers told) {
        hearers = told;
        thread.start();
    }

    /** A test does the rounds. */
    void tell(Hearers told) {
        hearers = told;
    }

    /** Somebody comes to a record. */
    public void come(Stay stay, String model, long id, boolean shown) {
        locked(() -> {
            stay.show(shown);
            rooms.come(stay, new Place(model, id), now());
        });
    }

    /** Somebody edits other fields. */
    public void edits(Stay stay, Set<String> fields) {
        locked(() -> {
            stay.edits(fields);
            rooms.changed(stay);
        });
    }

    /** Others may be told of it, or not any more. */
    public void show(Collection<Stay> stays, boolean shown) {
        locked(() -> stays.forEach(stay -> {
            stay.show(shown);
            rooms.changed(stay);
        }));
    }

    /** Somebody leaves, if still there. */
    public void go(Stay stay) {
        locked(() -> rooms.go(stay));
    }

    /** This one wants to know who is at the records of its feed; given back by {@link #unobserve}. */
    public void observe(Watcher watcher) {
        locked(() -> rooms.observe(watcher));
    }

    public void unobserve(Watcher watcher) {
        locked(() -> rooms.unobserve(watcher));
    }

    /** What this one was told got lost. */
    public void retell(Watcher watcher) {
        locked(() -> rooms.retell(watcher));
    }

    /**
     * These changes are about to be decided: what was known of who may read is forgotten. While somebody's rights change nothing is
     * told; closing what this returns ends that.
     */
    public Hold hold(List<Numbered> changes) {
        var turns = changes.stream().filter(it -> isTurn(it.change())).toList();
        if (turns.isEmpty() && nobody) {
            return () -> {};
        }
        telling.lock();
        try {
            locked(() -> {
                changes.forEach(it -> forget(it.change()));
                holds += turns.isEmpty() ? 0 : 1;
            });
        } finally {
            telling.unlock();
        }
        return () -> release(turns);
    }

    private void release(List<Numbered> turns) {
        if (!turns.isEmpty()) {
            locked(() -> {
                turns.forEach(it -> forget(it.change()));
                holds--;
            });
        }
    }

    /** Whether others may read other records after it. */
    private static boolean isTurn(Change change) {
        return change instanceof Change.Rights
                || (change instanceof Change.Gap gap && gap.model().isEmpty());
    }

    private void forget(Change change) {
        switch (change) {
            case Change.Records it -> rooms.changed(it.model(), ids(it.now()), now());
            case Change.Bulk it -> rooms.changed(it.model(), ids(it.now()), now());
            case Change.Gap it ->
                it.model()
                        .ifPresentOrElse(
                                model -> rooms.changed(model, now()), () -> forget(Optional.empty(), Optional.empty()));
            case Change.Rights it -> forget(it.users(), it.models());
            case Change.Event it -> {}
        }
    }

    private void forget(Optional<Set<Long>> users, Optional<Set<String>> models) {
        generation++;
        names.forget(users);
        rooms.rightsChanged(users, models, now());
    }

    private static List<Long> ids(List<Image> images) {
        return images.stream()
                .map(Image::key)
                .filter(RecordRef.Serial.class::isInstance)
                .map(key -> ((RecordRef.Serial) key).id())
                .toList();
    }

    private void run() {
        try {
            while (true) {
                await();
                roundOnce();
                Thread.sleep(GATHER);
            }
        } catch (InterruptedException e) {
            LOG.debug("asked to stop");
        }
    }

    private void roundOnce() {
        try {
            round();
        } catch (RuntimeException e) {
            LOG.error("telling of presence failed", e);
        }
    }

    /** Waits until something may be told, or until it is time to look whether answers are too old. */
    private void await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = PACE.multipliedBy(10).toNanos();
            while (left > 0 && !isDue()) {
                long next = holds > 0 ? left : rooms.next(now()).orElse(left);
                left -= Math.min(left, next) - changed.awaitNanos(Math.min(left, next));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isDue() {
        return holds == 0 && rooms.next(now()).filter(it -> it == 0).isPresent();
    }

    /** Tells what may be told now. */
    void round() {
        var round = locked(this::begin);
        round.ask(oracle, names);
        var ended = new ArrayList<Runnable>();
        telling.lock();
        try {
            var told = locked(() -> finish(round, ended));
            if (!told.isEmpty()) {
                hearers.tell(told);
            }
        } finally {
            telling.unlock();
        }
        ended.forEach(Runnable::run);
    }

    private Round begin() {
        long now = now();
        if (now - revised >= PACE.multipliedBy(10).toNanos()) {
            revised = now;
            rooms.forgetOlder(now - TRUSTED.toNanos(), now);
        }
        var round = new Round(generation);
        if (holds == 0) {
            rooms.due(now, MOST_AT_ONCE).forEach(room -> round.add(room, rooms.observers(room), names));
        }
        return round;
    }

    /** What was asked before somebody's rights changed counts for nothing, and is asked again. */
    private List<Told> finish(Round round, List<Runnable> ended) {
        var told = new ArrayList<Told>();
        if (holds > 0 || round.generation() != generation) {
            return told;
        }
        names.note(round.names());
        for (var asked : round.asked()) {
            if (asked.generation() == asked.room().generation()) {
                round.note(asked.room(), rooms.observers(asked.room()));
                ended.addAll(withdrawn(asked.room()));
                told.addAll(announced(asked));
            }
        }
        return told;
    }

    /** Who may not write the record any more does not edit it. */
    private List<Runnable> withdrawn(Room room) {
        var ended = new ArrayList<Runnable>();
        for (var stay : List.copyOf(room.stays())) {
            var reading = room.readers().get(stay.viewer());
            var writing = room.writers().get(stay.viewer());
            if (stay.editing().isPresent() && writing != null && !writing.may()) {
                var why = reading != null && reading.may() ? Ended.READ_ONLY : Ended.UNREADABLE;
                rooms.go(stay);
                ended.add(() -> stay.ended(why));
            }
        }
        return ended;
    }

    private List<Told> announced(Round.Asked asked) {
        var room = asked.room();
        boolean moved = asked.marks() != room.marks();
        var announcement = new Announcement(rooms, room, names);
        var told = announcement.told();
        boolean lacking = announcement.isLacking() || isUnsure(room, rooms.observers(room));
        room.dueAt(now() + (lacking && !moved ? RETRY : PACE).toNanos());
        if (!lacking) {
            rooms.done(room);
        }
        return told;
    }

    /** Whether it is not known of somebody here whether that is allowed. */
    private static boolean isUnsure(Room room, List<Watcher> observers) {
        boolean news = room.isNews(observers);
        boolean doubtful = room.isDoubtful(observers);
        return room.stays().stream()
                .anyMatch(it -> (news && it.shown() && !room.readers().containsKey(it.viewer()))
                        || (doubtful
                                && it.editing().isPresent()
                                && !room.writers().containsKey(it.viewer())));
    }

    private long now() {
        return nanos.getAsLong();
    }

    private void locked(Runnable action) {
        locked(() -> {
            action.run();
            return true;
        });
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            nobody = rooms.isEmpty();
            changed.signal();
            lock.unlock();
        }
    }

    /** Whether it still tells. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Waits this long at most for its thread to end. */
    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(1);

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
