package io.amanat.bridge.admin;

import java.util.Map;

/** What the admin listener shows. Called from its threads; all but {@link #rights} and {@link #reload} answer at once and from memory. */
public interface AdminPages {

    Readiness readiness();

    /** Counters and gauges in Prometheus' text format. */
    String metrics();

    /** What runs: version, source, models; values are strings, numbers, booleans, lists and maps. */
    Map<String, ?> info();

    /**
     * Explains what a user may read; may ask Odoo for it. Holds values of the record asked about: for the operator alone.
     *
     * @throws PageException if there is nothing to explain
     */
    Map<String, ?> rights(RightsQuery query);

    /**
     * Reads the settings again and lets the bridge follow them; waits until that is done.
     *
     * @return what was done
     * @throws PageException if the settings cannot be used; then nothing was changed
     */
    Map<String, ?> reload();

    Tail tail();
}
