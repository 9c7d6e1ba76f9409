package io.amanat.bench.resume;

import io.amanat.bench.fanout.Bridge;
import io.amanat.bench.fanout.Load;
import io.amanat.bench.fanout.Logins;
import io.amanat.bench.fanout.Parser;
import io.amanat.bench.fanout.Received;
import io.amanat.bench.wire.Listener;
import io.amanat.bench.wire.SocketLoop;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** All tabs of a run; its methods are called by the thread that leads the run. */
final class Tabs implements Street, AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration WITHOUT_PROGRESS = Duration.ofSeconds(10);
    private static final int ANSWER_SECONDS = 30;
    private static final int ORIGIN_BYTES = 16;

    private final SocketLoop loop;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final Parser parser = new Parser();
    private final Random random;
    private final Tally tally = new Tally();
    private final List<Tab> tabs = new ArrayList<>();

    Tabs(URI bridge, Load load, List<Logins.Grant> grants, long seed) {
        loop = new SocketLoop(bridge, Bridge.ORIGIN, "amanat.v1");
        random = new Random(seed);
        byte[] origin = new byte[ORIGIN_BYTES];
        for (int number = 0; number < load.clients(); number++) {
            random.nextBytes(origin);
            tabs.add(new Tab(this, load.audienceOf(number), HexFormat.of().formatHex(origin), grants.get(number)));
        }
    }

    /** Has these do something, the first of them being {@code from}; counts how they return from here on. */
    Return each(int from, int to, Consumer<Tab> work) {
        return ask(() -> {
            var begun = new Return();
            tally.now = begun;
            tabs.subList(from, to).forEach(work);
            return begun;
        });
    }

    Tab tab(int number) {
        return tabs.get(number);
    }

    /** Returns once so many have everything. */
    void awaitLive(int many, Duration patience) {
        if (!await(patience, () -> ask(() -> tally.live) >= many)) {
            throw new IllegalStateException(
                    "only %d of %d came back: %s".formatted(ask(() -> tally.live), many, ask(tally::complaints)));
        }
    }

    /** Returns once everybody among the first {@code many} has the newest state, or nobody got anything for a while. */
    long awaitSeen(int many, int last) {
        long before = Long.MAX_VALUE;
        long missing = missing(many, last);
        while (missing > 0 && missing < before) {
            before = missing;
            await(WITHOUT_PROGRESS, () -> missing(many, last) == 0);
            missing = missing(many, last);
        }
        return missing;
    }

    /** How many newest states are missing. */
    long missing(int many, int last) {
        return ask(() -> tabs.subList(0, many).stream()
                .mapToLong(tab -> tab.missing(last))
                .sum());
    }

    void renewed(int number, Logins.Grant grant) {
        loop.execute(() -> tabs.get(number).renewed(grant));
    }

    @Override
    public void open(Listener listener) {
        loop.open(listener);
    }

    @Override
    public void later(long millis, Runnable work) {
        var _ = timers.schedule(() -> loop.execute(work), millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public Received parse(ByteBuffer payload) {
        return parser.parse(payload);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public void close() {
        loop.close();
        timers.shutdownNow();
    }

    <T> T ask(Supplier<T> question) {
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
