package io.amanat.bridge.session;

import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.protocol.ServerFrame;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sessions of one tenant, on one shard per core, whatever they speak about. Safe to share. */
public final class Sessions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration TICK = Duration.ofMillis(500);

    private final Desk desk;
    private final SecureRandom ids = new SecureRandom();
    private final List<Shard> shards;
    private final Conversations conversations;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private final Thread timer =
            Thread.ofPlatform().name("amanat-timer").daemon().unstarted(this::keepTime);

    private Sessions(Desk desk, List<Shard> shards, Conversations conversations) {
        this.desk = desk;
        this.shards = shards;
        this.conversations = conversations;
    }

    /** One for each core; none works yet. */
    static List<Shard> shards(Desk desk) {
        long delivered = desk.ports().progress().offset();
        return IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .mapToObj(number -> new Shard(number, delivered))
                .toList();
    }

    /** Starts these shards and the one timer that looks after all sessions. */
    static Sessions start(Desk desk, List<Shard> shards, Conversations conversations) {
        var sessions = new Sessions(desk, shards, conversations);
        shards.forEach(Shard::start);
        sessions.timer.start();
        return sessions;
    }

    /** A connection was opened; the session speaks when it is spoken to. */
    public Session open(Connection connection) {
        var shard = shards.get(Math.floorMod(next.getAndIncrement(), shards.size()));
        var session = new Session(id(), desk, shard, connection, conversations, open::remove);
        open.add(session);
        desk.metrics().opened();
        shard.execute(() -> shard.opened(session));
        return session;
    }

    private String id() {
        var bytes = new byte[8];
        ids.nextBytes(bytes);
        return "s-" + HexFormat.of().formatHex(bytes);
    }

    /** Every delivery up to this offset was handed to the shards. */
    void reached(long offset) {
        shards.forEach(shard -> shard.reached(offset));
        desk.reached().to(offset);
    }

    private void keepTime() {
        try {
            while (true) {
                Thread.sleep(TICK);
                tickOnce();
            }
        } catch (InterruptedException e) {
            LOG.debug("asked to stop");
        }
    }

    private void tickOnce() {
        try {
            tick();
        } catch (Throwable e) {
            LOG.error("looking after sessions failed", e);
        }
    }

    private void tick() {
        long now = desk.now();
        shards.forEach(shard -> shard.execute(() -> shard.tick(now, heartbeat(shard))));
    }

    private Outgoing heartbeat(Shard shard) {
        return Outgoing.control(desk.writer().write(new ServerFrame.Heartbeat(shard.delivered())));
    }

    /** Whether all threads that serve sessions still do. */
    public boolean isAlive() {
        return timer.isAlive() && shards.stream().allMatch(Shard::isAlive);
    }

    /** What an operator may see of the open sessions. */
    public List<SessionView> views() {
        return open.stream().map(Session::view).toList();
    }

    /** Tells every client to come back later, each at another moment, and waits a little until they are gone. */
    public void drain(Duration patience) {
        for (var session : open) {
            var later = desk.comeBack(ErrorCode.GOING_AWAY);
            session.leave(new ServerFrame.Bye(ErrorCode.GOING_AWAY, "the bridge stops; come back", later));
        }
        long end = desk.now() + patience.toNanos();
        while (!open.isEmpty() && desk.now() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @Override
    public void close() {
        timer.interrupt();
        shards.forEach(Shard::close);
    }
}
