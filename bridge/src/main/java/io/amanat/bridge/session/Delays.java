package io.amanat.bridge.session;

import java.util.OptionalInt;

/** How often which delay was measured: counts up to bounds that hardly differ where it matters. Not safe to share. */
final class Delays {

    /** Upper bounds in milliseconds; one more bucket takes the rest. */
    private static final int[] BOUNDS = {
        5, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200, 250, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_200, 1_500,
        2_000, 3_000, 5_000, 7_000, 10_000, 20_000, 30_000, 60_000
    };

    private final long[] counts = new long[BOUNDS.length + 1];
    private long millis;

    static int bounds() {
        return BOUNDS.length;
    }

    /** In milliseconds; the last one has no end. */
    static double bound(int bucket) {
        return bucket < BOUNDS.length ? BOUNDS[bucket] : Double.POSITIVE_INFINITY;
    }

    void add(int delay) {
        int bucket = 0;
        while (bucket < BOUNDS.length && delay > BOUNDS[bucket]) {
            bucket++;
        }
        counts[bucket]++;
        millis += delay;
    }

    void add(Delays others) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others.counts[i];
        }
        millis += others.millis;
    }

    /** So many were no longer than this bound. */
    long upTo(int bucket) {
        long sum = 0;
        for (int i = 0; i <= bucket; i++) {
            sum += counts[i];
        }
        return sum;
    }

    long count() {
        return upTo(BOUNDS.length);
    }

    /** All of them together, in milliseconds. */
    long millis() {
        return millis;
    }

    /** So long or less took this share of them, rounded up to a bound; empty if there are none. */
    OptionalInt quantile(double share) {
        double wanted = Math.max(1, Math.ceil(count() * share));
        if (count() == 0) {
            return OptionalInt.empty();
        }
        for (int i = 0; i < BOUNDS.length; i++) {
            if (upTo(i) >= wanted) {
                return OptionalInt.of(BOUNDS[i]);
            }
        }
        return OptionalInt.of(Integer.MAX_VALUE);
    }
}
