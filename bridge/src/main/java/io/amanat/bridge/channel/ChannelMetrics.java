package io.amanat.bridge.channel;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was decided. Shared. */
public final class ChannelMetrics {

    private final LongAdder changes = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder bursts = new LongAdder();
    private final LongAdder yes = new LongAdder();
    private final Map<ResetReason, LongAdder> resets = new EnumMap<>(ResetReason.class);

    public ChannelMetrics() {
        for (var reason : ResetReason.values()) {
            resets.put(reason, new LongAdder());
        }
    }

    /** Changes decided. */
    public long changes() {
        return changes.sum();
    }

    /** Changes of which nothing may travel. */
    public long refused() {
        return refused.sum();
    }

    /** Bursts: changes divided by bursts is how many rode together. */
    public long bursts() {
        return bursts.sum();
    }

    /** Decisions in favour of a viewer. */
    public long yes() {
        return yes.sum();
    }

    /** Viewers told to re-read, for this reason. */
    public long resets(ResetReason reason) {
        return adder(reason).sum();
    }

    /** Counts feeds of sessions that were told to re-read. */
    public void reset(ResetReason reason, int count) {
        adder(reason).add(count);
    }

    private LongAdder adder(ResetReason reason) {
        return resets.getOrDefault(reason, refused);
    }

    void burst(int admitted, int held) {
        bursts.increment();
        changes.add(admitted);
        refused.add(held);
    }

    void count(List<Delivery> deliveries) {
        for (var delivery : deliveries) {
            switch (delivery) {
                case Delivery.Data data -> yes.add(data.to().size());
                case Delivery.Conflict conflict -> yes.add(conflict.to().size());
                case Delivery.Gone gone -> yes.add(gone.to().size());
                case Delivery.Event event -> yes.add(event.to().size());
                case Delivery.Reset reset -> reset(reset.reason(), reset.to().size());
                case Delivery.Behind behind -> {}
                case Delivery.Receipt receipt -> {}
                case Delivery.Revoked revoked -> {}
            }
        }
    }
}
