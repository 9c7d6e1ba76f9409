package io.amanat.connector.source;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits between attempts: the ceiling doubles from first to longest, and the wait is anywhere below it (full jitter). */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** The wait after one more failure. */
    Duration next() {
        return jittered(ceiling(failures++));
    }

    /** The wait after a failure that only a person can mend. */
    Duration longest() {
        return longest;
    }

    boolean failedBefore() {
        return failures > 0;
    }

    void countFailure() {
        failures++;
    }

    void reset() {
        failures = 0;
    }

    private Duration ceiling(int doublings) {
        var ceiling = first;
        for (int i = 0; i < doublings && ceiling.compareTo(longest) < 0; i++) {
            ceiling = ceiling.multipliedBy(2);
        }
        return ceiling.compareTo(longest) < 0 ? ceiling : longest;
    }

    private Duration jittered(Duration ceiling) {
        return Duration.ofNanos((long) (ceiling.toNanos() * random.nextDouble()));
    }
}
