package io.amanat.bench.resume;

import io.amanat.bench.fanout.Load;

/**
 * What a run does.
 *
 * @param load who views, and what is written while the bridge is killed
 * @param gap how many changes are missed by those who were away; 100 to 10,000
 * @param seed of all that is random
 */
record Plan(Load load, int gap, long seed) {
    /** How many are there when the bridge is killed for the first time. */
    private static final int FEW = 1_000;

    Plan {
        Load.within("--gap", gap, 100, 10_000);
    }

    int clients() {
        return load.clients();
    }

    int few() {
        return Math.min(FEW, clients());
    }
}
