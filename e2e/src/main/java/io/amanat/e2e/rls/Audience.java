package io.amanat.e2e.rls;

import io.amanat.bench.fanout.Arrivals;
import io.amanat.bench.fanout.Bridge;
import io.amanat.bench.fanout.Tally;
import io.amanat.bench.wire.SocketLoop;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** All viewers, each with a WebSocket of its own, and the witness behind them. */
final class Audience implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final SocketLoop loop;
    private final Tally tally = new Tally();
    private final Notes notes;
    private final List<Seat> seats = new ArrayList<>();
    private final Arrivals arrivals;

    Audience(URI bridge, int viewers, Tokens tokens) {
        notes = new Notes(viewers);
        for (int viewer = 0; viewer <= viewers; viewer++) {
            seats.add(new Seat(viewer, tokens.of(Board.viewer(viewer)), notes, tally));
        }
        loop = new SocketLoop(bridge, Bridge.ORIGIN, "amanat.v1");
        arrivals = new Arrivals(loop, seats, tally);
    }

    /** Returns once everybody watches. */
    void awaitWatching() {
        arrivals.awaitWatching(seats.size());
    }

    /** Returns once the witness was told of all of these. */
    void awaitSeen(Set<String> changes) {
        if (!Arrivals.await(PATIENCE, () -> arrivals.ask(() -> notes.seen(changes)))) {
            throw new IllegalStateException("not every change arrived: %s".formatted(arrivals.ask(tally::complaints)));
        }
    }

    /** What everybody was told, once nothing more comes. */
    Notes notes() {
        long before;
        do {
            before = arrivals.ask(notes::frames);
            LockSupport.parkNanos(QUIET.toNanos());
        } while (arrivals.ask(notes::frames) > before);
        return arrivals.ask(() -> notes);
    }

    /** Why somebody was sent away, or left. */
    List<String> complaints() {
        return arrivals.ask(tally::complaints);
    }

    @Override
    public void close() {
        loop.close();
    }
}
