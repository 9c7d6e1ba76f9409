package io.amanat.standin.bus;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** All open websockets. Owns the threads that serve them; safe to share between threads. */
public final class SocketHub implements AutoCloseable {

    private static final long CHECK_SECONDS = 15;

    private final Bus bus;
    private final Clock clock;
    private final Set<BusSocket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("standin-websocket-", 0).factory());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("standin-ping").factory());

    private final ScheduledFuture<?> checks;

    public SocketHub(Bus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
        checks = timer.scheduleAtFixedRate(this::checkAlive, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    /** A socket for a client that was let in. */
    public BusSocket open(Visitor visitor, boolean outdated) {
        var socket = new BusSocket(bus, visitor, clock, workers, outdated, this);
        open.add(socket);
        return socket;
    }

    void forget(BusSocket socket) {
        open.remove(socket);
    }

    /** Cuts all connections, as a crash or a network failure would. */
    public void dropAll() {
        open.forEach(BusSocket::drop);
    }

    /** Closes all connections with this code. */
    public void closeAll(int code, String reason) {
        open.forEach(socket -> socket.close(code, reason));
    }

    /** From now on the connections that are open now stay so, and carry nothing any more. */
    public void silenceAll() {
        open.forEach(BusSocket::fallSilent);
    }

    private void checkAlive() {
        var now = clock.instant();
        open.forEach(socket -> socket.checkAlive(now));
    }

    @Override
    public void close() {
        checks.cancel(false);
        timer.shutdownNow();
        closeAll(1001, "Server is stopping");
        workers.close();
    }
}
