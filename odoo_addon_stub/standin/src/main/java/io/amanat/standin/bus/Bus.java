package io.amanat.standin.bus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** The numbered notifications, and who wants to be woken by new ones. Safe to share between threads. */
public final class Bus {

    /** Notifications kept; Odoo keeps those of 24 hours. */
    private static final int KEPT = 20_000;

    /** How far back somebody reads who knows no last id. */
    private static final Duration BUFFER = Duration.ofSeconds(50);

    private final ConcurrentSkipListMap<Integer, Notification> rows = new ConcurrentSkipListMap<>();
    private final Set<Consumer<Channel>> listeners = new CopyOnWriteArraySet<>();
    private final WakeUps wakeUps = new WakeUps(channel -> listeners.forEach(listener -> listener.accept(channel)));
    private final Clock clock;
    private int lastTaken;

    public Bus(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes the ids of notifications of a transaction that is not committed yet: nobody sees them.
     *
     * @param author id of the user who sends them
     * @param began when the transaction began
     * @return to be run when it was committed: shows them and wakes the listeners; never, if it was rolled back
     */
    public Runnable take(Channel channel, List<String> messages, int author, Instant began) {
        if (messages.isEmpty()) {
            return () -> {};
        }
        var taken = new ArrayList<Notification>();
        synchronized (this) {
            for (String message : messages) {
                taken.add(new Notification(++lastTaken, channel, message, author, began));
            }
        }
        return () -> commit(channel, taken);
    }

    private void commit(Channel channel, List<Notification> taken) {
        synchronized (this) {
            taken.forEach(one -> rows.put(one.id(), one));
            while (rows.size() > KEPT) {
                rows.pollFirstEntry();
            }
        }
        wakeUps.send(channel);
    }

    /** The id that was taken last, by a transaction that may not be committed; 0 if there is none. */
    public synchronized int lastTaken() {
        return lastTaken;
    }

    /** Takes an id that no row will have. */
    public synchronized int useUpAnId() {
        return ++lastTaken;
    }

    /** The id of the newest row; 0 if there is none. */
    public int newest() {
        var last = rows.lastEntry();
        return last == null ? 0 : last.getKey();
    }

    /** The id of the oldest row, if there is one. */
    public Optional<Integer> lowest() {
        return Optional.ofNullable(rows.firstEntry()).map(entry -> entry.getKey());
    }

    /** There is a row with this id. */
    public boolean holds(int id) {
        return rows.containsKey(id);
    }

    /** The rows of this channel above an id, at most so many. */
    public List<Notification> after(Channel channel, int id, int most) {
        return rows.tailMap(id, false).values().stream()
                .filter(one -> one.channel().equals(channel))
                .limit(most)
                .toList();
    }

    /** Notifications on these channels after {@code last}, or of the last 50 seconds if that is 0, without those known. */
    List<Notification> poll(Collection<Channel> channels, int last, Set<Integer> known) {
        Instant since = clock.instant().minus(BUFFER);
        return rows.tailMap(last, false).values().stream()
                .filter(one -> last != 0 || one.at().isAfter(since))
                .filter(one -> channels.contains(one.channel()) && !known.contains(one.id()))
                .toList();
    }

    /** The same as JSON texts. */
    public List<String> peek(Collection<Channel> channels, int last) {
        return poll(channels, last > newest() ? 0 : last, Set.of()).stream()
                .map(Notification::json)
                .toList();
    }

    /** Deletes the rows up to this id, as Odoo does with old ones. */
    public void deleteUpTo(int id) {
        rows.headMap(id, true).clear();
    }

    /** What it holds now. */
    public synchronized Copy copy() {
        return new Copy(List.copyOf(rows.values()), lastTaken);
    }

    /** Holds what it held then, the next id included. */
    public synchronized void restore(Copy copy) {
        rows.clear();
        copy.rows.forEach(one -> rows.put(one.id(), one));
        lastTaken = copy.lastTaken;
    }

    /** What a bus held. */
    public record Copy(List<Notification> rows, int lastTaken) {}

    /** How listeners are woken. */
    public WakeUps wakeUps() {
        return wakeUps;
    }

    void listen(Consumer<Channel> listener) {
        listeners.add(listener);
    }

    void forget(Consumer<Channel> listener) {
        listeners.remove(listener);
    }
}
