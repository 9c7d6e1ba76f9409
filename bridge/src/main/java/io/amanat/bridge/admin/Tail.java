package io.amanat.bridge.admin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets operators watch what passes. Safe to share between threads; publishing never waits: a follower who reads too slowly
 * misses lines and is told how many.
 */
public final class Tail {

    private static final int QUEUE = 1_000;
    private static final int FOLLOWERS = 16;

    private final List<Follower> followers = new CopyOnWriteArrayList<>();

    /** Whether anybody watches; when not, building a line is a waste. */
    public boolean isFollowed() {
        return !followers.isEmpty();
    }

    /** Shows one line, without a line feed, to everybody who watches. */
    public void publish(String line) {
        followers.forEach(follower -> follower.offer(line));
    }

    /** Makes everybody who watches look up, for instance to see that the bridge stops. */
    void wake() {
        publish("");
    }

    /** Starts watching; empty if {@value #FOLLOWERS} others do already. */
    Optional<Follower> follow() {
        if (followers.size() >= FOLLOWERS) {
            return Optional.empty();
        }
        var follower = new Follower();
        followers.add(follower);
        return Optional.of(follower);
    }

    /** One who watches. */
    final class Follower implements AutoCloseable {

        private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(QUEUE);
        private final AtomicLong missed = new AtomicLong();

        private void offer(String line) {
            if (!lines.offer(line)) {
                missed.incrementAndGet();
            }
        }

        /** The next line, or empty if none came in time. */
        Optional<String> next(Duration timeout) throws InterruptedException {
            long lost = lines.isEmpty() ? missed.getAndSet(0) : 0;
            return lost > 0
                    ? Optional.of("{\"missed\":%d}".formatted(lost))
                    : Optional.ofNullable(lines.poll(timeout.toMillis(), TimeUnit.MILLISECONDS));
        }

        @Override
        public void close() {
            followers.remove(this);
        }
    }
}
