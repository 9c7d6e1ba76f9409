package io.amanat.bridge.session;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.channel.ResetReason;
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

    /** A session that watches. */
    private static final class Member {
        private final Session session;

        /** What was committed until then is in what its client reads; rights may have come since. */
        private final long since;

        private Optional<Hold> hold = Optional.empty();

        Member(Session session, long since) {
            this.session = session;
            this.since = since;
        }

        boolean gets(long offset, Optional<Actor> spared) {
            return offset > since && spared.filter(session::isTabOf).isEmpty();
        }
    }

    /** An encoded frame and who gets it. */
    record Parcel(Outgoing frame, Delivery delivery) {}

    private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(QUEUE);
    private final ArrayDeque<Runnable> own = new ArrayDeque<>();
    private final Map<Watcher, List<Member>> watching = new HashMap<>();
    private final Map<Watcher, List<Session>> observing = new HashMap<>();
    private final Map<Viewer, List<Session>> here = new HashMap<>();
    private final List<Session> sessions = new ArrayList<>();
    private final List<Session> dirty = new ArrayList<>();
    private volatile long delivered;
    private final Thread thread;

    /** @param delivered the offset from which on it delivers */
    Shard(int number, long delivered) {
        this.delivered = delivered;
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

    /** Everything up to this offset was handed to {@link #deliver}. */
    void reached(long offset) {
        execute(() -> delivered = offset);
    }

    /** Every session of this shard was handed everything up to this offset, but for what is held back. Safe to ask by anybody. */
    long delivered() {
        return delivered;
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
            case Delivery.Conflict conflict -> conflict(parcel.frame(), conflict);
            case Delivery.Revoked revoked -> revoke(parcel.frame());
            case Delivery.Reset reset -> reset(parcel.frame(), reset);
            case Delivery.Behind behind -> behind(parcel.frame(), behind);
            case Delivery.Receipt receipt -> receipt(parcel.frame(), receipt);
            case Delivery.Event event -> event.to().forEach(viewer -> event(parcel.frame(), viewer));
        }
    }

    private static Optional<Actor> spared(Delivery.Data data) {
        return data.own() ? Optional.of(data.visible().actor()) : Optional.empty();
    }

    private void spare(Outgoing frame, long offset, List<Watcher> to, Optional<Actor> spared) {
        for (var member : members(to, offset, spared)) {
            member.hold.ifPresentOrElse(hold -> hold.keep(frame), () -> give(frame, member.session));
        }
    }

    private void conflict(Outgoing frame, Delivery.Conflict conflict) {
        for (var member : members(conflict.to(), conflict.offset(), conflict.spared())) {
            if (member.session.touches(conflict)) {
                give(frame, member.session);
            }
        }
    }

    /** Takes this to the sessions of this shard that want to know who is where. */
    void tell(List<Watcher> to, Outgoing presence) {
        execute(() -> to.forEach(
                watcher -> observing.getOrDefault(watcher, List.of()).forEach(session -> give(presence, session))));
    }

    private List<Member> members(List<Watcher> to, long offset, Optional<Actor> spared) {
        var members = new ArrayList<Member>();
        for (var watcher : to) {
            for (var member : watching.getOrDefault(watcher, List.of())) {
                if (member.gets(offset, spared)) {
                    members.add(member);
                }
            }
        }
        return members;
    }

    /** Whoever reads again needs nothing of what is held back. */
    private void reset(Outgoing frame, Delivery.Reset reset) {
        for (var member : members(reset.to(), ALWAYS, reset.spared())) {
            give(frame, member.session);
            member.hold.ifPresent(Hold::end);
        }
    }

    /** Who resumes cannot be told that nothing is missing any more. */
    private void behind(Outgoing frame, Delivery.Behind behind) {
        for (var member : members(behind.to(), behind.offset(), Optional.empty())) {
            member.hold.ifPresent(hold -> hold.untold(ResetReason.RESUME));
            give(frame, member.session);
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
                var session = member.session;
                if (session.isTabOf(receipt.actor())
                        && session.firstReceipt(receipt.offset())
                        && !session.keepsReceipt(frame)) {
                    give(frame, session);
                }
            }
        }
    }

    private void event(Outgoing frame, Viewer viewer) {
        for (var session : here.getOrDefault(viewer, List.of())) {
            if (session.hearsNow(frame)) {
                give(frame, session);
            }
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

    /** Queues these if the session's client can take so much of the past at once. */
    boolean give(List<Outgoing> frames, Session session) {
        if (!session.fits(frames)) {
            return false;
        }
        frames.forEach(frame -> give(frame, session));
        return true;
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
            members.removeIf(member -> member.session.equals(session));
            return members.isEmpty() ? null : members;
        });
    }

    /** This session is told who is where. */
    void observes(Session session, Watcher watcher) {
        observing.computeIfAbsent(watcher, it -> new ArrayList<>(1)).add(session);
    }

    void unobserves(Session session, Watcher watcher) {
        observing.computeIfPresent(watcher, (it, members) -> without(members, session));
    }

    /** What this session gets as this watcher is held back, or not any more. */
    void hold(Session session, Watcher watcher, Optional<Hold> hold) {
        for (var member : watching.getOrDefault(watcher, List.of())) {
            if (member.session.equals(session)) {
                member.hold = hold;
            }
        }
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
