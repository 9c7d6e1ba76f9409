package io.amanat.bench.fanout;

import io.amanat.bench.wire.SocketLoop;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** All viewers of a run and what they have counted. */
public final class Crowd implements AutoCloseable {
    private static final Duration TO_WATCH = Duration.ofMinutes(2);
    private static final Duration WITHOUT_PROGRESS = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MOST_CONNECTING = 100;
    private static final int ANSWER_SECONDS = 30;
    private static final int ORIGIN_BYTES = 16;

    private final SocketLoop loop;
    private final List<Viewer> viewers = new ArrayList<>();
    private final Tally tally = new Tally();
    private int started;

    /** @param tokens one for each viewer of the load */
    public Crowd(URI bridge, Load load, List<String> tokens) {
        loop = new SocketLoop(bridge, Bridge.ORIGIN, "amanat.v1");
        Parser parser = new Parser();
        Random tabs = new Random(load.clients());
        byte[] tab = new byte[ORIGIN_BYTES];
        for (int viewer = 0; viewer < load.clients(); viewer++) {
            tabs.nextBytes(tab);
            String origin = HexFormat.of().formatHex(tab);
            viewers.add(new Viewer(
                    tokens.get(viewer), origin, load.audienceOf(viewer), load.warmupEvents(), parser, tally));
        }
    }

    /** Returns once every viewer watches. */
    public void awaitWatching() {
        awaitWatching(viewers.size());
    }

    /** Connects a few at a time, as browsers that come back with jitter do, and returns once {@code many} watch. */
    void awaitWatching(int many) {
        if (!await(TO_WATCH, () -> ask(() -> connectNext(many)) >= many) || ask(() -> tally.closed) > 0) {
            throw new IllegalStateException("only %d of %d viewers watch: %s"
                    .formatted(ask(() -> tally.watching), many, ask(tally::complaints)));
        }
    }

    private int connectNext(int many) {
        int settled = tally.watching + (int) tally.closed;
        while (started < many && started - settled < MOST_CONNECTING) {
            loop.open(viewers.get(started++));
        }
        return settled;
    }

    /** Returns once every viewer has seen the events 1 to {@code last}, or none has come for a while; and all is quiet. */
    public Tally awaitSeen(int last) {
        long delivered = -1;
        while (ask(() -> missing(last)) > 0 && ask(() -> tally.delivered) != delivered) {
            delivered = ask(() -> tally.delivered);
            await(WITHOUT_PROGRESS, () -> ask(() -> missing(last)) == 0);
        }
        LockSupport.parkNanos(QUIET.toNanos());
        return ask(() -> tally);
    }

    /** How many of the events 1 to {@code last} were not seen by viewers who should have. */
    public long missing(int last) {
        return viewers.stream().mapToLong(viewer -> viewer.missing(last)).sum();
    }

    @Override
    public void close() {
        loop.close();
    }

    private <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(question.get()));
        return answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
    }

    private static boolean await(Duration patience, BooleanSupplier condition) {
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
