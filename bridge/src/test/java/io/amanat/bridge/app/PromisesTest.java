package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.protocol.TableRequest.Report;
import io.amanat.bridge.session.Reports;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromisesTest {

    private final Reports reports = new Reports(() -> 0);

    @Test
    void browsersReportsBecomeFigures() {
        reports.accept(new Report(List.of(7, 1_400), 2, 60));
        var text = new Prometheus();
        Promises.write(text, Map.of("board", reports));

        assertThat(text.toString().lines())
                .contains(
                        "# TYPE amanat_realtime_delay_ms histogram",
                        "amanat_realtime_delay_ms_bucket{database=\"board\",le=\"5.0\"} 0",
                        "amanat_realtime_delay_ms_bucket{database=\"board\",le=\"10.0\"} 1",
                        "amanat_realtime_delay_ms_bucket{database=\"board\",le=\"1000.0\"} 1",
                        "amanat_realtime_delay_ms_bucket{database=\"board\",le=\"1500.0\"} 2",
                        "amanat_realtime_delay_ms_bucket{database=\"board\",le=\"+Inf\"} 2",
                        "amanat_realtime_delay_ms_sum{database=\"board\"} 1407",
                        "amanat_realtime_delay_ms_count{database=\"board\"} 2",
                        "amanat_realtime_disconnects_total{database=\"board\"} 2",
                        "amanat_realtime_connected_seconds_total{database=\"board\"} 60");
    }

    @Test
    void theAlertsPromiseWhatTheCommandDoes() throws IOException {
        assertThat(AlertsTest.expression("AmanatRealtimeLate")).endsWith(">= " + Promises.DELAY);
        assertThat(AlertsTest.expression("AmanatRealtimeDisconnects")).endsWith(">= " + Promises.DISCONNECTS);
    }
}
