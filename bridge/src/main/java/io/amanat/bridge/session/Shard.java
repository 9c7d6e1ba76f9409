package io.amanat.bridge.session;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.channel.Watcher;
import io.amanat.connector.change.Actor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that owns some of the sessions and hands them what concerns them, in order. A pass starts at once when the shard
 * is idle; what arrives while it runs rides in the next. It never waits for a client, so whoever hands it work waits briefly
 * at most.
 */
final class Shard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);

    /** Work that may wait: bursts of deliveries, and sessions that come and go. */
    private static final int QUEUE = 16_384;

    /** What one pass takes at most before it writes to sockets. */
    private static final int PASS = 256;

    /** The offset of what no watch is too young for. */
    private static final long ALWAYS = Long.MAX_VALUE;

    /**
     * A session that watches.
     *
     * @param since what was committed until then is in what its client reads; rights may have come since
     */
    private record Member(Session session, long since) {}

    /** An encoded frame and who gets it. */
    record Parcel(Outgoing frame, Delivery delivery) {}

    private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(QUEUE);
    private final ArrayDeque<Runnable> own = new ArrayDeque<>();
    private final Map<Watcher, List<Member>> watching = new HashMap<>();
    private final Map<Viewer, List<Session>> here = new HashMap<>();
    private final List<Session> sessions = new ArrayList<>();
    private final List<Session> dirty = new ArrayList<>();
    private final Thread thread;

    Shard(int number) {
        this.thread =
                Thread.ofPlatform().name("amanat-shard-" + number).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Runs this on the shard's thread, after what was handed in before. */
    void execute(Runnable work) {
        if (thread.equals(Thread.currentThread())) {
            own.add(work);
            return;
        }
        try {
            queue.put(work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes these parcels to the sessions of this shard. */
    void deliver(List<Parcel> parcels) {
        execute(() -> parcels.forEach(parcel -> work(() -> deliver(parcel))));
    }

    private void run() {
        var pass = new ArrayList<Runnable>(PASS);
        try {
            while (true) {
                pass.add(queue.take());
                queue.drainTo(pass, PASS - 1);
                pass.forEach(this::work);
                pass.clear();
                write();
            }
        } catch (InterruptedException e) {
            LOG.debug("asked to stop");
        }
    }

    private void work(Runnable first) {
        for (Runnable next = first; next != null; next = own.poll()) {
            try {
                next.run();
            } catch (Throwable e) {
                LOG.error("one piece of work failed", e);
            }
        }
    }

    /** Whether it still works. */
    boolean isAlive() {
        return thread.isAlive();
    }

    private void write() {
        for (var session : dirty) {
            work(session::flush);
        }
        dirty.clear();
    }

    private void deliver(Parcel parcel) {
        switch (parcel.delivery()) {
            case Delivery.Data data -> spare(parcel.frame(), data.offset(), data.to(), spared(data));
            case Delivery.Gone gone -> spare(parcel.frame(), gone.offset(), gone.to(), gone.spared());
            case Delivery.Revoked revoked -> revoke(parcel.frame());
            case Delivery.Reset reset -> spare(parcel.frame(), ALWAYS, reset.to(), reset.spared());
            case Delivery.Receipt receipt -> receipt(parcel.frame(), receipt);
            case Delivery.Event event -> event.to().forEach(viewer -> give(parcel.frame(), here.get(viewer)));
        }
    }

    private static Optional<Actor> spared(Delivery.Data data) {
        return data.own() ? Optional.of(data.visible().actor()) : Optional.empty();
    }

    private void spare(Outgoing frame, long offset, List<Watcher> to, Optional<Actor> spared) {
        for (var watcher : to) {
            for (var member : watching.getOrDefault(watcher, List.of())) {
                if (offset > member.since()
                        && (spared.isEmpty() || !member.session().isTabOf(spared.get()))) {
                    give(frame, member.session());
                }
            }
        }
    }

    /** Whoever is concerned gets this and nothing after it, whatever follows in the same burst. */
    private void revoke(Outgoing bye) {
        for (var session : List.copyOf(sessions)) {
            work(() -> session.endIfRevoked(bye));
        }
    }

    private void receipt(Outgoing frame, Delivery.Receipt receipt) {
        for (var watcher : receipt.to()) {
            for (var member : watching.getOrDefault(watcher, List.of())) {
                var session = member.session();
                if (session.isTabOf(receipt.actor()) && session.firstReceipt(receipt.offset())) {
                    give(frame, session);
                }
            }
        }
    }

    private void give(Outgoing frame, @Nullable List<Session> members) {
        if (members != null) {
            members.forEach(session -> give(frame, session));
        }
    }

    /** Queues a frame for a session of this shard; one that fails keeps no other from its own. Only on the shard's thread. */
    void give(Outgoing frame, Session session) {
        try {
            if (session.queue(frame)) {
                dirty.add(session);
            }
        } catch (RuntimeException e) {
            LOG.error("a frame could not be queued", e);
        }
    }

    /** A connection was opened. Only on the shard's thread, like all below. */
    void opened(Session session) {
        sessions.add(session);
    }

    void closed(Session session) {
        sessions.remove(session);
    }

    void arrived(Session session, Viewer viewer) {
        here.computeIfAbsent(viewer, it -> new ArrayList<>(1)).add(session);
    }

    void departed(Session session, Viewer viewer) {
        here.computeIfPresent(viewer, (it, members) -> without(members, session));
    }

    /** From here on this session gets what is committed after this offset. */
    void watches(Session session, Watcher watcher, long since) {
        watching.computeIfAbsent(watcher, it -> new ArrayList<>(1)).add(new Member(session, since));
    }

    void unwatches(Session session, Watcher watcher) {
        watching.computeIfPresent(watcher, (it, members) -> {
            members.removeIf(member -> member.session().equals(session));
            return members.isEmpty() ? null : members;
        });
    }

    private static @Nullable List<Session> without(List<Session> members, Session session) {
        members.remove(session);
        return members.isEmpty() ? null : members;
    }

    /** Looks after every session: heartbeats, tokens that ended, clients that do not read. */
    void tick(long now, Outgoing heartbeat) {
        for (var session : List.copyOf(sessions)) {
            session.tick(now, heartbeat);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
