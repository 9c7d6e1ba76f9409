package io.amanat.connector.source;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers which bus messages were seen within the tolerated lateness, so that ids can be read again from a low-water mark
 * without returning anything twice. Bounded: beyond its capacity the oldest are forgotten and the mark rises.
 */
final class SeenIds {

    /** How far back Odoo goes when it is asked for everything after 0. */
    private static final long WINDOW_OF_ZERO = Duration.ofSeconds(50).toNanos();

    private final long lateness;
    private final int capacity;
    private final Deque<Seen> inOrder = new ArrayDeque<>();
    private final Set<Long> ids = new HashSet<>();
    private long floor;

    private record Seen(long id, long at) {}

    SeenIds(Duration lateness, int capacity, long floor) {
        this.lateness = lateness.toNanos();
        this.capacity = capacity;
        this.floor = floor;
    }

    /** Remembers an id; true if it is new. */
    boolean add(long id, long now) {
        if (!ids.add(id)) {
            return false;
        }
        inOrder.addLast(new Seen(id, now));
        if (inOrder.size() > capacity) {
            forgetOldest();
        }
        return true;
    }

    /** The id after which everything has to be read again to find what was committed late; 0 when nothing is known. */
    long floor(long now) {
        while (!inOrder.isEmpty() && now - inOrder.peekFirst().at() > lateness) {
            forgetOldest();
        }
        var oldest = inOrder.peekFirst();
        if (floor == 0 && oldest != null && now - oldest.at() > WINDOW_OF_ZERO) {
            floor = oldest.id() - 1;
        }
        return floor;
    }

    private void forgetOldest() {
        var oldest = inOrder.removeFirst();
        ids.remove(oldest.id());
        floor = Math.max(floor, oldest.id());
    }
}
