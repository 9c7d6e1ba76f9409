package io.amanat.bridge.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Lets so many sessions in at a time: from hello until what they came back for was told. Some wait for their turn; all others are
 * told when to come back, one after the other at the pace at which sessions come in just now. Safe to share; nothing blocks.
 */
final class Arrivals {

    /** Of how many waiting there is a place for each that is coming in: some seconds of work. */
    private static final int WAITING = 4;

    /** How long one arrival takes, as long as nothing was measured, and what is believed of a measure. */
    private static final long EACH = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long FASTEST = EACH / 10;
    private static final long SLOWEST = EACH * 10;

    /** How slowly a measure changes what is believed. */
    private static final int INERTIA = 64;

    /** The latest moment that anybody is told; who comes too early is told again. */
    private static final long LATEST = TimeUnit.SECONDS.toNanos(15);

    private final int most;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<BooleanSupplier> waiting = new ArrayDeque<>();
    private int inside;
    private long each = EACH;
    private long left;
    private long promised;

    /**
     * Nobody has come yet.
     *
     * @param most how many come in at a time
     * @param nanos a clock that only grows, in nanoseconds
     */
    Arrivals(int most, LongSupplier nanos, RandomGenerator random) {
        this.most = most;
        this.nanos = nanos;
        this.random = random;
        this.promised = nanos.getAsLong();
    }

    /**
     * Somebody wants to come in.
     *
     * @param enter begins it, now or when it is their turn, and does not block; false if they are gone, else {@link #leave} is called
     *     once
     * @return in how many milliseconds to come back instead; empty if they come in now or wait
     */
    OptionalLong come(BooleanSupplier enter) {
        lock.lock();
        try {
            if (inside >= most && waiting.size() >= most * WAITING) {
                return OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(later()));
            }
            if (inside >= most) {
                waiting.add(enter);
                return OptionalLong.empty();
            }
            inside++;
            left = nanos.getAsLong();
        } finally {
            lock.unlock();
        }
        if (!enter.getAsBoolean()) {
            leave();
        }
        return OptionalLong.empty();
    }

    /** After all who wait and all who were told to come later, or before: with nobody at the door time is lost that nobody gives back. */
    private long later() {
        long now = nanos.getAsLong();
        long wait = Math.min(Math.max(promised - now, each * waiting.size()) + each, LATEST);
        promised = now + wait;
        return wait / 2 + random.nextLong(wait / 2 + 1);
    }

    /** Somebody who came in is done, or gone. */
    void leave() {
        while (!next().getAsBoolean()) {
            // that one is gone: it is the turn of the one behind
        }
    }

    private BooleanSupplier next() {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                inside--;
                return () -> true;
            }
            measure();
            return waiting.remove();
        } finally {
            lock.unlock();
        }
    }

    /** Only while others wait does the time between two who are done say how fast it goes. */
    private void measure() {
        long now = nanos.getAsLong();
        each = Math.clamp(each + (now - left - each) / INERTIA, FASTEST, SLOWEST);
        left = now;
    }
}
