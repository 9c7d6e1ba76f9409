package io.amanat.bridge.channel;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long one burst may still wait for rights, all in all. */
final class Patience {

    private final LongSupplier nanos;
    private final long end;

    Patience(Duration most, LongSupplier nanos) {
        this.nanos = nanos;
        this.end = nanos.getAsLong() + most.toNanos();
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, end - nanos.getAsLong()));
    }
}
