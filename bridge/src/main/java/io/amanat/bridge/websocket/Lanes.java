package io.amanat.bridge.websocket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open lanes of one {@link SharedSocket}. They are left on any thread and opened on one; once the last was left none is opened
 * any more, and its place is given back with the socket. Safe to share.
 */
final class Lanes {

    /** As many as one login may have sessions. */
    static final int MOST = 50;

    private final Map<Integer, Lane> open = new HashMap<>();
    private final List<Ticket> kept = new ArrayList<>(1);
    private boolean over;

    synchronized boolean hasRoom() {
        return open.size() < MOST;
    }

    /** Whether it is open now: not when the last was left meanwhile, or the socket has broken off. */
    synchronized boolean add(int number, Lane lane) {
        if (!over) {
            open.put(number, lane);
        }
        return !over;
    }

    synchronized Optional<Lane> find(int number) {
        return Optional.ofNullable(open.get(number));
    }

    /** Whether no other is open. */
    synchronized boolean hasOnly(Lane lane) {
        return open.values().stream().allMatch(lane::equals);
    }

    /** Whether this one, which is over, was the last. */
    synchronized boolean leave(int number, Ticket seat) {
        open.remove(number);
        boolean last = open.isEmpty() && !over;
        if (last) {
            over = true;
            kept.add(seat);
        } else {
            seat.leave();
        }
        return last;
    }

    /** The socket is gone. Returns who has still to be told. */
    synchronized List<Lane> end() {
        over = true;
        kept.forEach(Ticket::leave);
        kept.clear();
        return List.copyOf(open.values());
    }
}
