package io.amanat.standin.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Ten frames in two seconds; one more is too many. Used by one thread. */
final class FrameLimit {

    private static final int BURST = 10;
    private static final Duration WINDOW = Duration.ofSeconds(2);

    private final Deque<Instant> frames = new ArrayDeque<>();

    boolean allows(Instant now) {
        if (frames.size() == BURST && frames.removeFirst().isAfter(now.minus(WINDOW))) {
            return false;
        }
        frames.addLast(now);
        return true;
    }
}
