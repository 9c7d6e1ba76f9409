package io.amanat.bridge.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
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

    private final BlockingQueue<Runnable> queue;
    private final ArrayDeque<Runnable> own = new ArrayDeque<>();
    private final List<Session> sessions = new ArrayList<>();
    private final List<Session> dirty = new ArrayList<>();
    private volatile long delivered;
    private final Thread thread;

    /** @param delivered the offset from which on it delivers */
    Shard(int number, long delivered) {
        this(number, delivered, QUEUE);
    }

    /** @param room for work that waits; whoever hands in more waits, too */
    Shard(int number, long delivered, int room) {
        this.queue = new ArrayBlockingQueue<>(room);
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

    /** Runs these one after the other, in one piece; one that fails keeps no other from its own. */
    void executeEach(List<Runnable> pieces) {
        execute(() -> pieces.forEach(this::work));
    }

    /** Everything up to this offset was handed in. */
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

    /** Does this with every session. */
    void each(Consumer<Session> each) {
        for (var session : List.copyOf(sessions)) {
            work(() -> each.accept(session));
        }
    }

    /** Looks after every session: heartbeats, tokens that ended, clients that do not read. */
    void tick(long now, Outgoing heartbeat) {
        each(session -> session.tick(now, heartbeat));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
