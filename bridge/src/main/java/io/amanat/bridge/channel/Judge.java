package io.amanat.bridge.channel;

import io.amanat.bridge.access.RightsBook;
import io.amanat.bridge.policy.Policy;
import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides bursts of changes, in order: says what each class of viewers gets. A change of rights takes its place among the changes;
 * what comes before it is judged by the rights before it. What was not answered with yes is not delivered. Used by one thread,
 * which waits a bounded time only.
 */
public final class Judge {

    /** How long one burst waits for rights, all in all; whose are not known by then gets nothing and is owed a reset. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How soon it is looked again whether missing rights are known. */
    static final Duration SETTLE = Duration.ofSeconds(1);

    /** How soon it is looked again whether rights changed without an announcement. */
    static final Duration REVISE = Duration.ofSeconds(10);

    private final Ports ports;
    private final OwnChanges own;
    private final ChannelMetrics metrics;
    private final Consumer<Decided> tail;
    private final Standings standings;
    private final Doubts doubts;
    private long last;
    private long settled;
    private long revised;

    /**
     * What a judge needs to know, and where its decisions go.
     *
     * @param nanos a clock that only grows, in nanoseconds
     */
    public record Ports(
            Channel channel, Supplier<Policy> policy, RightsBook book, Deliveries deliveries, LongSupplier nanos) {}

    /**
     * A judge.
     *
     * @param tail hears of every decision, value-free; must return at once
     */
    public Judge(Ports ports, OwnChanges own, ChannelMetrics metrics, Consumer<Decided> tail) {
        this.ports = ports;
        this.own = own;
        this.metrics = metrics;
        this.tail = tail;
        this.standings = new Standings(ports.channel(), ports.book());
        this.doubts = new Doubts(ports.book(), ports.nanos());
        this.settled = ports.nanos().getAsLong();
        this.revised = settled;
    }

    /**
     * Decides these changes together and hands on what follows, in order of offsets. To be called at least every second, if only
     * with nothing: what is owed is paid then.
     */
    public void judge(List<Numbered> changes) {
        try {
            decide(changes);
        } catch (RuntimeException | Error e) {
            revokeAll(changes);
            throw e;
        }
    }

    /** What could not be decided is made good by re-reading, but who was locked out must not stay because of it. */
    private void revokeAll(List<Numbered> changes) {
        for (var numbered : changes) {
            if (numbered.change() instanceof Change.Rights changed) {
                hand(revoked(numbered.offset(), changed));
            }
        }
    }

    private void decide(List<Numbered> changes) {
        var patience = new Patience(PATIENCE, ports.nanos());
        payDebts();
        var policy = ports.policy().get();
        var plain = new ArrayList<Numbered>();
        var turns = new ArrayList<Numbered>();
        for (var numbered : changes) {
            if (isTurn(numbered.change())) {
                decide(plain, policy, patience);
                turns.add(numbered);
            } else {
                turn(turns, patience);
                plain.add(numbered);
            }
        }
        decide(plain, policy, patience);
        turn(turns, patience);
        if (!changes.isEmpty()) {
            last = Math.max(last, changes.getLast().offset());
            ports.deliveries().reached(last);
        }
    }

    /** Whether what comes after it is judged by other rights than what comes before. */
    private static boolean isTurn(Change change) {
        return change instanceof Change.Rights
                || (change instanceof Change.Gap gap && gap.model().isEmpty());
    }

    private void payDebts() {
        long now = ports.nanos().getAsLong();
        var resets = new Resets();
        if (standings.owing() && now - settled >= SETTLE.toNanos()) {
            settled = now;
            standings.settle(new Patience(Duration.ZERO, ports.nanos()), resets);
        }
        if (now - revised >= REVISE.toNanos()) {
            revised = now;
            standings.revise(resets);
        }
        hand(resets.at(last));
    }

    private void decide(List<Numbered> changes, Policy policy, Patience patience) {
        if (!changes.isEmpty()) {
            var burst = new Burst(ports, standings, doubts, own);
            var resets = new Resets();
            int held = burst.gather(changes, policy, patience, resets);
            metrics.burst(changes.size() - held, held);
            hand(resets.at(changes.getFirst().offset()));
            var decided = new ArrayList<Delivery>();
            burst.decide((numbered, deliveries) -> {
                decided.addAll(deliveries);
                tail.accept(Summary.of(numbered, deliveries));
            });
            hand(decided);
            changes.clear();
        }
    }

    /** Before waiting for new rights, everybody is told what needs none. */
    private void turn(List<Numbered> turns, Patience patience) {
        if (turns.isEmpty()) {
            return;
        }
        metrics.burst(turns.size(), 0);
        doubts.forget();
        for (var numbered : turns) {
            var deliveries = turned(numbered);
            hand(deliveries);
            tail.accept(Summary.of(numbered, deliveries));
        }
        var resets = new Resets();
        standings.settle(patience, resets);
        hand(resets.at(turns.getLast().offset()));
        turns.clear();
    }

    private List<Delivery> turned(Numbered numbered) {
        return switch (numbered.change()) {
            case Change.Rights changed -> {
                var deliveries = new ArrayList<>(revoked(numbered.offset(), changed));
                if (!changed.reason().equals(Delivery.Revoked.LOGOUT)) {
                    deliveries.addAll(standings.forget(numbered.offset(), changed));
                }
                yield deliveries;
            }
            default -> {
                standings.forgetAll();
                yield Burst.gap(numbered.offset(), ports.channel().all());
            }
        };
    }

    private static List<Delivery> revoked(long offset, Change.Rights changed) {
        return Delivery.Revoked.by(offset, changed)
                .<List<Delivery>>map(List::of)
                .orElse(List.of());
    }

    private void hand(List<Delivery> deliveries) {
        if (!deliveries.isEmpty()) {
            metrics.count(deliveries);
            ports.deliveries().deliver(deliveries);
        }
    }
}
