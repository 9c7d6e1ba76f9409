package io.amanat.standin.bus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArraySet;

/** The numbered notifications, and who wants to be woken by new ones. Safe to share between threads. */
public final class Bus {

    /** Notifications kept; Odoo keeps those of 24 hours. */
    private static final int KEPT = 20_000;

    /** How far back somebody reads who knows no last id. */
    private static final Duration BUFFER = Duration.ofSeconds(50);

    private final ConcurrentSkipListMap<Integer, Notification> rows = new ConcurrentSkipListMap<>();
    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private final Clock clock;
    private int lastId;

    public Bus(Clock clock) {
        this.clock = clock;
    }

    /** Appends notifications of one committed transaction, then wakes the listeners. */
    public void append(Channel channel, List<String> messages) {
        if (messages.isEmpty()) {
            return;
        }
        synchronized (this) {
            Instant now = clock.instant();
            for (String message : messages) {
                rows.put(++lastId, new Notification(lastId, channel, message, now));
            }
            while (rows.size() > KEPT) {
                rows.pollFirstEntry();
            }
        }
        listeners.forEach(Runnable::run);
    }

    /** The id of the newest notification; 0 if there is none. */
    public synchronized int lastId() {
        return lastId;
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
        return poll(channels, last > lastId() ? 0 : last, Set.of()).stream()
                .map(Notification::json)
                .toList();
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }
}
