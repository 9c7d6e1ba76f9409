package io.amanat.standin.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** What one websocket was sent: read from a last id, without what went out in the last ten seconds. Used by one thread. */
final class Backlog {

    private static final Duration HISTORY = Duration.ofSeconds(10);

    private final Bus bus;
    private final TreeMap<Integer, Instant> sent = new TreeMap<>();
    private int last;

    Backlog(Bus bus) {
        this.bus = bus;
    }

    /** Starts after this id; honoured only while nothing was read. */
    void startAfter(int id) {
        if (last == 0) {
            last = id > bus.newest() ? 0 : id;
        }
    }

    List<Notification> take(Collection<Channel> channels, Instant now) {
        var found = bus.poll(channels, last, sent.keySet());
        if (!found.isEmpty()) {
            found.forEach(one -> sent.put(one.id(), now));
            trim(now);
        }
        return found;
    }

    private void trim(Instant now) {
        while (!sent.isEmpty() && sent.firstEntry().getValue().isBefore(now.minus(HISTORY))) {
            last = sent.pollFirstEntry().getKey();
        }
    }
}
