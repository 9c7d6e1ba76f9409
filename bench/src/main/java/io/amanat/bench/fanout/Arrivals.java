package io.amanat.bench.fanout;

import io.amanat.bench.wire.Listener;
import io.amanat.bench.wire.SocketLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Brings the connections of a run in, a few at a time, as browsers that come back with jitter do. */
public final class Arrivals {
    private static final Duration TO_WATCH = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MOST_CONNECTING = 100;
    private static final int ANSWER_SECONDS = 30;

    private final SocketLoop loop;
    private final List<? extends Listener> guests;
    private final int each;
    private final Tally tally;
    private int started;

    /** @param tally where the guests count that they watch, or were sent away */
    public Arrivals(SocketLoop loop, List<? extends Listener> guests, Tally tally) {
        this(loop, guests, 1, tally);
    }

    /** @param each how many viewers a guest is */
    Arrivals(SocketLoop loop, List<? extends Listener> guests, int each, Tally tally) {
        this.loop = loop;
        this.guests = guests;
        this.each = each;
        this.tally = tally;
    }

    /** Returns once the first {@code many} watch. */
    public void awaitWatching(int many) {
        if (!await(TO_WATCH, () -> ask(() -> connectNext(many)) >= many) || ask(() -> tally.closed) > 0) {
            throw new IllegalStateException("only %d of %d viewers watch: %s"
                    .formatted(ask(() -> tally.watching), many, ask(tally::complaints)));
        }
    }

    private int connectNext(int many) {
        int settled = tally.watching + (int) tally.closed;
        while (started < many && started - settled < MOST_CONNECTING) {
            loop.open(guests.get(started / each));
            started += each;
        }
        return settled;
    }

    /** What the loop's thread answers. */
    public <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(question.get()));
        return answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Whether the condition came to hold in time. */
    public static boolean await(Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }
}
