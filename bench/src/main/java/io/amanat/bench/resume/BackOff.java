package io.amanat.bench.resume;

import java.util.random.RandomGenerator;

/** When a browser tries again: the numbers of {@code client/src/reconnect.js}. */
final class BackOff {
    private static final int[] LONGEST_MS = {500, 1_000, 1_000, 2_000, 2_000, 4_000, 8_000, 16_000, 30_000};
    private static final int LATE_MS = 30_000;

    private BackOff() {}

    /** Milliseconds after so many attempts that failed in a row, from 0. */
    static long after(int failures, RandomGenerator random) {
        int longest = LONGEST_MS[Math.min(failures, LONGEST_MS.length - 1)];
        return Math.round(longest * (failures == 0 ? random.nextDouble() : 0.5 + random.nextDouble() / 2));
    }

    /** Milliseconds for whoever was told to be too many. */
    static long late(RandomGenerator random) {
        return LATE_MS + Math.round(random.nextDouble() * LATE_MS);
    }
}
