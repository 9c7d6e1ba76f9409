package io.amanat.bridge.access;

import java.util.concurrent.atomic.LongAdder;

/** Counts how rights were asked. Shared. */
public final class AccessMetrics {

    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** Calls made. */
    public long calls() {
        return calls.sum();
    }

    /** Calls that brought no answer. */
    public long failures() {
        return failures.sum();
    }

    /** Time spent waiting for answers, in seconds. */
    public double seconds() {
        return nanos.sum() / 1e9;
    }

    void answered(long duration) {
        calls.increment();
        nanos.add(duration);
    }

    void failed(long duration) {
        answered(duration);
        failures.increment();
    }
}
