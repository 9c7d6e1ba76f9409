package io.amanat.bridge.websocket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Counts connections, in all and by the client's address. Safe to share. */
final class Addresses {

    private final WebsocketSettings settings;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();
    private final AtomicInteger total = new AtomicInteger();
    private final LongAdder refused = new LongAdder();

    Addresses(WebsocketSettings settings) {
        this.settings = settings;
    }

    /** The client's address: the nearest one that is no proxy of ours. */
    String of(Request request) {
        var nearest = Request.getRemoteAddr(request);
        var forwarded = request.getHeaders().get(HttpHeader.X_FORWARDED_FOR);
        if (forwarded == null || !settings.proxies().contains(nearest)) {
            return nearest;
        }
        var hops = forwarded.split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            if (!settings.proxies().contains(hops[i].strip())) {
                return hops[i].strip();
            }
        }
        return nearest;
    }

    /** Whether one more connection of this address would have a place; counts it as refused if not. */
    boolean hasRoom(String address) {
        boolean room = total.get() < settings.connections()
                && open.getOrDefault(address, 0) < settings.connectionsPerAddress();
        if (!room) {
            refused.increment();
        }
        return room;
    }

    /** Takes a place for one more connection of this address, unless there are too many. */
    boolean enter(String address) {
        boolean room = total.incrementAndGet() <= settings.connections();
        boolean fair = open.merge(address, 1, Integer::sum) <= settings.connectionsPerAddress();
        if (room && fair) {
            return true;
        }
        leave(address);
        refused.increment();
        return false;
    }

    /** Gives the place back. */
    void leave(String address) {
        total.decrementAndGet();
        open.computeIfPresent(address, (it, count) -> count == 1 ? null : count - 1);
    }

    /** How many connections were refused. */
    long refused() {
        return refused.sum();
    }
}
