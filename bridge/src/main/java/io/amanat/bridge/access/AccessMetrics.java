package io.amanat.bridge.access;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts how rights were asked. Shared. */
public final class AccessMetrics {

    /** What a call asks. */
    public enum Call {
        /** What viewers may read of models. */
        RIGHTS,
        /** Which records viewers may read. */
        READABLE,
        /** What viewers may call users. */
        NAMES
    }

    private final Map<Call, LongAdder> calls = new EnumMap<>(Call.class);
    private final LongAdder failures = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder denied = new LongAdder();

    public AccessMetrics() {
        for (var call : Call.values()) {
            calls.put(call, new LongAdder());
        }
    }

    /** Calls made. */
    public long calls() {
        return calls.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Calls of this kind made. */
    public long calls(Call kind) {
        return counter(kind).sum();
    }

    /** Calls that brought no answer. */
    public long failures() {
        return failures.sum();
    }

    /** Time spent waiting for answers, in seconds. */
    public double seconds() {
        return nanos.sum() / 1e9;
    }

    /** Answers that denied a viewer because the rules could not be evaluated, or because the answer could not be used. */
    public long denials() {
        return denied.sum();
    }

    void answered(Call kind, long duration) {
        counter(kind).increment();
        nanos.add(duration);
    }

    void failed(Call kind, long duration) {
        answered(kind, duration);
        failures.increment();
    }

    void denied() {
        denied.increment();
    }

    private LongAdder counter(Call kind) {
        return calls.computeIfAbsent(kind, it -> new LongAdder());
    }
}
