package io.amanat.e2e.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What one run does.
 *
 * @param time how long faults are injected; each is, at least once, however long that takes
 * @param viewers how many tabs watch
 * @param late the longest that a transaction stays open
 * @param faults none for a calm run
 */
record ChaosPlan(Duration time, long seed, int viewers, Duration late, Source source, List<Fault> faults) {
    ChaosPlan {
        faults = faults.stream().filter(fault -> fault.befalls(source)).toList();
    }
}
