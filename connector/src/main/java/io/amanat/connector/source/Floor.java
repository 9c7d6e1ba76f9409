package io.amanat.connector.source;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The highest id below which everything is older than the tolerated lateness: whoever took such an id has committed and was found,
 * has rolled back, or is too late. It rises only with sweeps that were completed.
 */
final class Floor {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long lateness;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long value;
    private long sweptBefore;
    private boolean swept;

    /** By then, this was the highest id that anybody had taken. */
    private record Sample(long highest, long at) {}

    Floor(Duration lateness, long value) {
        this.lateness = lateness.toNanos();
        this.value = value;
    }

    long value() {
        return value;
    }

    /** Remembers that all ids up to this one were taken by now; one sample a second is kept. */
    void sample(long highest, long now) {
        var last = samples.peekLast();
        if (highest > 0 && (last == null || now - last.at() >= SECOND)) {
            samples.addLast(new Sample(highest, now));
        }
    }

    /** Where to read from to find again what was sent within this time. */
    long before(Duration span, long now) {
        return samples.reversed().stream()
                .filter(sample -> now - sample.at() >= span.toNanos())
                .mapToLong(Sample::highest)
                .findFirst()
                .orElse(value);
    }

    /**
     * A sweep from the floor that began at this moment is complete. What counts is when the one before it began: a transaction that
     * was already too old then was either found since, or seen to be open.
     */
    void raise(long startedAt) {
        while (swept && !samples.isEmpty() && sweptBefore - samples.peekFirst().at() >= lateness) {
            value = Math.max(value, samples.removeFirst().highest());
        }
        sweptBefore = startedAt;
        swept = true;
    }

    /** Reading begins anew from here. */
    void restart(long from) {
        value = from;
        samples.clear();
        swept = false;
    }
}
