package io.amanat.bridge.app;

import io.amanat.bridge.session.Reports;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is promised of how fast and how steady rows reach the browsers, and what these measured of it. */
final class Promises {

    /** Within so many milliseconds from the commit 95 % of changes are applied in the browser. */
    static final int DELAY = 1_000;

    /** Fewer connections than this share are lost in ten minutes. */
    static final double DISCONNECTS = 0.01;

    private Promises() {}

    /** Of the last ten minutes, for {@code amanat slo}. */
    static Map<String, Object> of(Reports reports) {
        var recent = reports.recent();
        var told = new LinkedHashMap<String, Object>();
        told.put("window_seconds", Reports.WINDOW.toSeconds());
        told.put("delays", recent.count());
        told.put("delay_p95_target_ms", DELAY);
        recent.p95().ifPresent(it -> told.put("delay_p95_ms", it));
        told.put("connected_seconds", recent.seconds());
        told.put("disconnects", recent.disconnects());
        told.put("disconnect_share_target", DISCONNECTS);
        if (recent.seconds() > 0) {
            told.put("disconnect_share", recent.disconnectShare());
        }
        return told;
    }

    /** For monitoring: of each database, what its browsers reported since the start. */
    static void write(Prometheus text, Map<String, Reports> databases) {
        var name = "amanat_realtime_delay_ms";
        text.head(name, "histogram", "From commit to applied, as browsers measured it, in milliseconds.");
        databases.forEach((database, reports) -> {
            var ever = reports.ever();
            ever.delays()
                    .forEach(it -> text.sample(
                            name + "_bucket",
                            "{database=\"%s\",le=\"%s\"}".formatted(database, Prometheus.number(it.millis())),
                            it.count()));
            text.sample(name + "_sum", label(database), ever.millis());
            text.sample(name + "_count", label(database), ever.count());
        });
        text.head("amanat_realtime_disconnects_total", "counter", "Connections that browsers say they lost.");
        databases.forEach((database, reports) -> text.sample(
                "amanat_realtime_disconnects_total",
                label(database),
                reports.ever().disconnects()));
        text.head(
                "amanat_realtime_connected_seconds_total",
                "counter",
                "Time in which browsers measured that, of all together.");
        databases.forEach((database, reports) -> text.sample(
                "amanat_realtime_connected_seconds_total",
                label(database),
                reports.ever().seconds()));
    }

    private static String label(String database) {
        return "{database=\"%s\"}".formatted(database);
    }
}
