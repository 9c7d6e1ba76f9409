package io.amanat.bridge.websocket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections, in all and by the client's address. Safe to share. */
final class Seats {

    private final int most;
    private final int mostPerAddress;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();
    private final AtomicInteger total = new AtomicInteger();

    Seats(int most, int mostPerAddress) {
        this.most = most;
        this.mostPerAddress = mostPerAddress;
    }

    /** Whether one more connection of this address would have a place. */
    boolean hasRoom(String address) {
        return total.get() < most && open.getOrDefault(address, 0) < mostPerAddress;
    }

    /** Takes a place for one more connection of this address, unless there are too many. */
    boolean enter(String address) {
        boolean room = total.incrementAndGet() <= most;
        boolean fair = open.merge(address, 1, Integer::sum) <= mostPerAddress;
        if (room && fair) {
            return true;
        }
        leave(address);
        return false;
    }

    /** Gives the place back. */
    void leave(String address) {
        total.decrementAndGet();
        open.computeIfPresent(address, (it, count) -> count == 1 ? null : count - 1);
    }
}
