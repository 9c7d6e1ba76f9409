package io.amanat.e2e.cost;

import java.util.Map;

/**
 * What the browser's counters say a page's main thread has spent until a moment, or between two, in milliseconds of its own CPU time.
 *
 * @param at the moment, in milliseconds of the browser's own clock
 * @param script JavaScript, without what promises call
 */
record Spent(double at, double script, double layout, double style, double task) {
    private static final double MS_PER_SECOND = 1_000;

    /** Of what the browser answers, in seconds by name. */
    static Spent of(Map<String, Double> metrics) {
        return new Spent(
                millis(metrics, "Timestamp"),
                millis(metrics, "ScriptDuration"),
                millis(metrics, "LayoutDuration"),
                millis(metrics, "RecalcStyleDuration"),
                millis(metrics, "TaskDuration"));
    }

    Spent since(Spent before) {
        return new Spent(
                at - before.at,
                script - before.script,
                layout - before.layout,
                style - before.style,
                task - before.task);
    }

    private static double millis(Map<String, Double> metrics, String name) {
        Double seconds = metrics.get(name);
        if (seconds == null) {
            throw new IllegalStateException("this browser does not tell its " + name);
        }
        return seconds * MS_PER_SECOND;
    }
}
