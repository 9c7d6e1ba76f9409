package io.amanat.bridge.session;

import io.amanat.bridge.channel.Deliveries;
import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.presence.Hearers;
import io.amanat.bridge.presence.Told;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.protocol.FrameReader;
import io.amanat.bridge.protocol.FrameWriter;
import io.amanat.bridge.protocol.ServerFrame;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
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

/** All sessions of this process, on one shard per core. Encodes every delivery once and hands it to the shards. Safe to share. */
public final class Sessions implements Deliveries, Hearers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration TICK = Duration.ofMillis(500);

    private final Desk desk;
    private final Reached reached;
    private final SecureRandom ids = new SecureRandom();
    private final List<Shard> shards;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private final Thread timer =
            Thread.ofPlatform().name("amanat-timer").daemon().unstarted(this::keepTime);

    private Sessions(Desk desk, Reached reached, int shards, long delivered) {
        this.desk = desk;
        this.reached = reached;
        this.shards = IntStream.range(0, shards)
                .mapToObj(number -> new Shard(number, delivered))
                .toList();
    }

    /** Starts the shards and the one timer that looks after all sessions. */
    public static Sessions start(SessionSettings settings, SessionPorts ports, SessionMetrics metrics) {
        long delivered = ports.progress().offset();
        var reached = new Reached(delivered);
        var writer = new FrameWriter();
        var random = new SecureRandom();
        var desk = new Desk(
                settings,
                ports,
                metrics,
                new Logins(),
                new Arrivals(settings.arrivals(), System::nanoTime, random),
                new Users(settings.perUser()),
                new FrameReader(),
                writer,
                new Replayer(ports, writer, reached),
                System::nanoTime,
                random);
        var sessions = new Sessions(desk, reached, Runtime.getRuntime().availableProcessors(), delivered);
        sessions.shards.forEach(Shard::start);
        sessions.timer.start();
        return sessions;
    }

    /** A connection was opened; the session speaks when it is spoken to. */
    public Session open(Connection connection) {
        var shard = shards.get(Math.floorMod(next.getAndIncrement(), shards.size()));
        var session = new Session(id(), desk, shard, connection, open::remove);
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

    @Override
    public void deliver(List<Delivery> decided) {
        var parcels = new ArrayList<Shard.Parcel>();
        for (var delivery : Receipts.joined(decided)) {
            parcels.add(new Shard.Parcel(encode(delivery), delivery));
        }
        shards.forEach(shard -> shard.deliver(parcels));
    }

    @Override
    public void reached(long offset) {
        shards.forEach(shard -> shard.reached(offset));
        reached.to(offset);
    }

    @Override
    public void tell(List<Told> told) {
        for (var one : told) {
            var frame = Outgoing.presence(
                    desk.writer().write(Frames.of(one)), one.feed().number());
            shards.forEach(shard -> shard.tell(one.to(), frame));
        }
    }

    private Outgoing encode(Delivery delivery) {
        if (delivery instanceof Delivery.Revoked(var offset, var users, var login)) {
            var revoked = desk.ports().revocations().revoke(users, login);
            return Outgoing.control(desk.writer().write(Desk.bye(revoked)));
        }
        var bytes = desk.writer().write(Frames.of(delivery));
        if (delivery instanceof Delivery.Behind) {
            return Outgoing.control(bytes);
        }
        Frames.committed(delivery)
                .ifPresent(at -> desk.metrics()
                        .encoded(Duration.between(at, desk.ports().clock().instant())));
        return Outgoing.data(bytes, Frames.feed(delivery), delivery.offset());
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
