package io.amanat.bench.fanout;

import io.amanat.bench.wire.SocketLoop;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** All viewers of a run and what they have counted. */
public final class Crowd implements AutoCloseable {
    private static final Duration WITHOUT_PROGRESS = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final int ORIGIN_BYTES = 16;

    private final SocketLoop loop;
    private final List<Viewer> viewers = new ArrayList<>();
    private final Tally tally = new Tally();
    private final Arrivals arrivals;

    /** @param tokens one for each browser of the load */
    public Crowd(URI bridge, Load load, List<String> tokens) {
        boolean shared = load.lanes() > 1;
        loop = new SocketLoop(bridge, Bridge.ORIGIN, shared ? "amanat.v1.shared" : "amanat.v1");
        Parser parser = new Parser();
        Random tabs = new Random(load.clients());
        byte[] tab = new byte[ORIGIN_BYTES];
        for (int viewer = 0; viewer < load.clients(); viewer++) {
            tabs.nextBytes(tab);
            String origin = HexFormat.of().formatHex(tab);
            viewers.add(new Viewer(
                    tokens.get(load.browserOf(viewer)),
                    origin,
                    load.audienceOf(viewer),
                    load.warmupEvents(),
                    parser,
                    tally));
        }
        arrivals = new Arrivals(loop, shared ? browsers(load.lanes()) : viewers, load.lanes(), tally);
    }

    private List<Browser> browsers(int lanes) {
        List<Browser> browsers = new ArrayList<>();
        for (int first = 0; first < viewers.size(); first += lanes) {
            browsers.add(new Browser(viewers.subList(first, Math.min(first + lanes, viewers.size()))));
        }
        return browsers;
    }

    /** Returns once every viewer watches. */
    public void awaitWatching() {
        awaitWatching(viewers.size());
    }

    void awaitWatching(int many) {
        arrivals.awaitWatching(many);
    }

    /** Returns once every viewer has seen the events 1 to {@code last}, or none has come for a while; and all is quiet. */
    public Tally awaitSeen(int last) {
        long delivered = -1;
        while (ask(() -> missing(last)) > 0 && ask(() -> tally.delivered) != delivered) {
            delivered = ask(() -> tally.delivered);
            Arrivals.await(WITHOUT_PROGRESS, () -> ask(() -> missing(last)) == 0);
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
        return arrivals.ask(question);
    }
}
