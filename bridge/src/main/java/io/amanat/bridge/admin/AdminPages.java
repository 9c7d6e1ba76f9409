package io.amanat.bridge.admin;

import java.util.Map;

/** What the admin listener shows. Called from its threads, so answers come at once and from memory. */
public interface AdminPages {

    Readiness readiness();

    /** Counters and gauges in Prometheus' text format. */
    String metrics();

    /** What runs: version, source, models; values are strings, numbers, booleans, lists and maps. */
    Map<String, ?> info();

    Tail tail();
}
