package io.amanat.e2e.leak;

import io.amanat.bench.wire.SocketLoop;
import io.amanat.e2e.leak.Findings.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All seats: connects them, waits for them, and has them inspected. */
final class Audience implements AutoCloseable {
    private static final Duration ANSWERS = Duration.ofSeconds(30);
    private static final Duration FRAMES = Duration.ofSeconds(4);
    private static final Duration FAREWELL = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int ORIGIN_BYTES = 16;
    private static final int SESSION_EXPIRED = 4001;

    private final SocketLoop loop;
    private final Map<Long, Seat> seats = new LinkedHashMap<>();
    private final Findings findings;

    Audience(URI bridge, URI odoo, Findings findings) {
        this.findings = findings;
        loop = new SocketLoop(bridge, odoo.toString(), "amanat.v1");
    }

    /** The numbers of the seats of those who may be there, in the order of seating. */
    List<Integer> present() {
        var all = List.copyOf(seats.values());
        return IntStream.range(0, all.size())
                .filter(number -> all.get(number).present())
                .boxed()
                .toList();
    }

    void renew(int number, String token) {
        List.copyOf(seats.values()).get(number).spectator().renew(token);
    }

    /** Connects a user, who begins these watches. */
    void seat(long user, String token, List<Watching> watches, Random tabs) {
        byte[] tab = new byte[ORIGIN_BYTES];
        tabs.nextBytes(tab);
        var spectator = new Spectator(loop, token, HexFormat.of().formatHex(tab));
        var seat = new Seat(user, spectator, watches);
        seats.put(user, seat);
        spectator.connect();
        spectator.watch(watches);
    }

    /** This user may no longer log in, whatever the token says. */
    void dismiss(long user) {
        var seat = seats.get(user);
        if (seat != null) {
            seat.dismiss();
        }
    }

    void awaitAnswers() {
        if (!await(ANSWERS, seat -> seat.spectator().settled())) {
            throw new IllegalStateException("the bridge does not answer %s"
                    .formatted(names(seat -> !seat.spectator().settled())));
        }
    }

    /** Whether everybody has seen this step of the beacon, and with it everything before; whose connection is gone, has. */
    boolean awaitBeacon(long step) {
        return await(FRAMES, seat -> seat.sees(step));
    }

    String blind(long step) {
        return names(seat -> !seat.sees(step));
    }

    /** These users' connections are to end. */
    void awaitClosed(Set<Long> users) {
        await(FAREWELL, seat -> !users.contains(seat.user()) || seat.spectator().closed());
        users.stream().map(seats::get).forEach(seat -> {
            if (seat != null && seat.spectator().closeCode() != SESSION_EXPIRED) {
                findings.add(
                        Kind.LEAK,
                        "user %d may no longer log in, and the connection is %s"
                                .formatted(
                                        seat.user(),
                                        seat.spectator().closed()
                                                ? "closed with "
                                                        + seat.spectator().closeCode()
                                                : "open"));
            }
        });
    }

    void inspect(Inspector inspector, Timeline truth) {
        seats.values().forEach(seat -> seat.inspect(inspector, truth, findings));
    }

    void settle(Timeline truth) {
        seats.values().forEach(seat -> seat.settle(truth, findings));
    }

    /** Has everybody ask again for what was refused. */
    void watchAgain(Set<Long> users) {
        users.stream().map(seats::get).forEach(seat -> {
            if (seat != null) {
                seat.watchAgain();
            }
        });
    }

    int watches() {
        return seats.values().stream().mapToInt(Seat::watches).sum();
    }

    private String names(Predicate<Seat> which) {
        var users = new ArrayList<String>();
        seats.values().stream().filter(which).forEach(seat -> users.add("user " + seat.user()));
        return users.stream().collect(Collectors.joining(", "));
    }

    private boolean await(Duration patience, Predicate<Seat> everybody) {
        BooleanSupplier done = () -> seats.values().stream().allMatch(everybody);
        long deadline = System.nanoTime() + patience.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    @Override
    public void close() {
        loop.close();
    }
}
