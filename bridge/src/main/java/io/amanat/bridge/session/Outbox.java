package io.amanat.bridge.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The frames that wait for one client, bounded by bytes and age. When it is full, the data frames in it become one reset per
 * feed they concerned, which comes before whatever says that they were sent: a slow client costs constant memory and catches up by
 * one re-read. Safe to share; nobody waits.
 */
final class Outbox {

    /** What is handed to the connection at a time; the rest stays here, where it can still be replaced. */
    private static final int WINDOW = 64 * 1024;

    /** The most bytes of the past that wait at a time: some thousand records. */
    static final long MOST_REPLAYED = 2L * 1024 * 1024;

    private record Waiting(Outgoing frame, long since) {

        boolean isNews() {
            return frame.kind() != Outgoing.Kind.CONTROL;
        }
    }

    private final Connection connection;
    private final SessionSettings.Outbox settings;
    private final Resets resets;
    private final SessionMetrics metrics;
    private final LongSupplier nanos;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long replayedBytes;
    private long sentBytes;
    private long progress;
    private boolean sending;
    private boolean ended;
    private boolean lostPresence;
    private Runnable onEmpty = () -> {};

    /** What an outbox needs to replace data frames. */
    interface Resets {

        /** A reset of this feed because of overflow. */
        Outgoing overflow(long feed, long offset);

        /** All feeds of this session, for frames that concern none in particular. */
        Set<Long> feeds();
    }

    Outbox(
            Connection connection,
            SessionSettings.Outbox settings,
            Resets resets,
            SessionMetrics metrics,
            LongSupplier nanos) {
        this.connection = connection;
        this.settings = settings;
        this.resets = resets;
        this.metrics = metrics;
        this.nanos = nanos;
        this.progress = nanos.getAsLong();
    }

    /** Accepts a frame; {@link #flush} sends it. Returns whether it was the first that waits. */
    synchronized boolean add(Outgoing frame) {
        if (ended) {
            return false;
        }
        long now = nanos.getAsLong();
        boolean first = waiting.isEmpty();
        waiting.add(new Waiting(frame, now));
        count(frame, 1);
        if (full(now)) {
            overflow(now);
        }
        return first;
    }

    private void count(Outgoing frame, int sign) {
        if (frame.kind() == Outgoing.Kind.REPLAY) {
            replayedBytes += (long) sign * frame.size();
        } else {
            waitingBytes += (long) sign * frame.size();
        }
    }

    private void recount() {
        waitingBytes = 0;
        replayedBytes = 0;
        waiting.forEach(it -> count(it.frame(), 1));
    }

    /** Whether so much of the past may wait, too. */
    synchronized boolean fits(List<Outgoing> frames) {
        long more = frames.stream()
                .filter(it -> it.kind() == Outgoing.Kind.REPLAY)
                .mapToLong(Outgoing::size)
                .sum();
        return replayedBytes + more <= MOST_REPLAYED;
    }

    private boolean full(long now) {
        return waitingBytes > settings.bytes()
                || now - waiting.getFirst().since() > settings.age().toNanos();
    }

    private void overflow(long now) {
        if (waiting.stream().anyMatch(Waiting::isNews)) {
            var all = List.copyOf(waiting);
            waiting.clear();
            replace(all, now);
            recount();
            metrics.overflowed();
        }
    }

    /** A reset takes the place of the first frame that it stands for: whoever gets no further is not told of anything later. */
    private void replace(List<Waiting> all, long now) {
        var reset = new HashSet<Long>();
        var perhaps = new HashSet<Long>();
        for (var it : all) {
            var frame = it.frame();
            if (!it.isNews()) {
                waiting.add(it);
                perhaps.clear(); // it may be what tells the client of a feed
            } else if (frame.kind() == Outgoing.Kind.PRESENCE) {
                lostPresence = true;
            } else if (frame.feed() == 0) {
                resets.feeds().stream()
                        .filter(feed -> !reset.contains(feed) && perhaps.add(feed))
                        .forEach(feed -> waiting.add(new Waiting(resets.overflow(feed, frame.offset()), now)));
            } else if (reset.add(frame.feed()) && !perhaps.contains(frame.feed())) {
                waiting.add(new Waiting(resets.overflow(frame.feed(), frame.offset()), now));
            }
        }
    }

    /** Sends what waits, as far as the connection takes it. */
    void flush() {
        List<Outgoing> batch = next();
        while (!batch.isEmpty()) {
            for (int i = 0; i < batch.size(); i++) {
                var frame = batch.get(i);
                connection.send(frame.bytes(), i < batch.size() - 1, sent -> left(frame, sent));
            }
            batch = following();
        }
        nothingLeft();
    }

    /** The next frames to send, unless somebody else is sending. */
    private synchronized List<Outgoing> next() {
        if (sending) {
            return List.of();
        }
        sending = true;
        return following();
    }

    private synchronized List<Outgoing> following() {
        var batch = new ArrayList<Outgoing>();
        while (!waiting.isEmpty()
                && (sentBytes == 0 || sentBytes + waiting.getFirst().frame().size() <= WINDOW)) {
            var frame = waiting.removeFirst().frame();
            count(frame, -1);
            progress = sentBytes == 0 ? nanos.getAsLong() : progress;
            sentBytes += frame.size();
            batch.add(frame);
        }
        if (batch.isEmpty()) {
            sending = false;
        }
        return batch;
    }

    private void left(Outgoing frame, boolean sent) {
        synchronized (this) {
            sentBytes -= frame.size();
            progress = nanos.getAsLong();
        }
        if (sent) {
            metrics.sent(frame.size());
            flush();
        } else {
            end();
            connection.abort();
        }
    }

    private void nothingLeft() {
        Runnable then;
        synchronized (this) {
            if (!waiting.isEmpty() || sentBytes > 0 || sending) {
                return;
            }
            then = onEmpty;
            onEmpty = () -> {};
        }
        then.run();
    }

    /** Sends one last frame, refuses all others, and then runs {@code then}. */
    void last(Outgoing frame, boolean dropData, Runnable then) {
        synchronized (this) {
            if (ended) {
                return;
            }
            if (dropData) {
                waiting.removeIf(Waiting::isNews);
            }
            waiting.add(new Waiting(frame, nanos.getAsLong()));
            recount();
            ended = true;
            onEmpty = then;
        }
        flush();
    }

    /** Forgets everything: the connection is gone. */
    synchronized void end() {
        ended = true;
        waiting.clear();
        recount();
        onEmpty = () -> {};
    }

    /** Whether what was handed over has not moved for too long, or what may not be dropped has grown too large. */
    synchronized boolean stalled() {
        boolean stuck = sentBytes > 0
                && nanos.getAsLong() - progress > settings.stalled().toNanos()
                && !connection.moves();
        return stuck || waitingBytes > 2L * settings.bytes();
    }

    /** Applies the bound on age when no frame comes that would. */
    synchronized void age() {
        long now = nanos.getAsLong();
        if (!ended && !waiting.isEmpty() && full(now)) {
            overflow(now);
        }
    }

    /** Whether presence was left out and there is room for it now; says so once. */
    synchronized boolean lostPresence() {
        boolean now = lostPresence && waiting.isEmpty() && sentBytes == 0;
        lostPresence &= !now;
        return now;
    }

    /** Bytes that wait or are on their way. */
    synchronized long bytes() {
        return waitingBytes + replayedBytes + sentBytes;
    }
}
