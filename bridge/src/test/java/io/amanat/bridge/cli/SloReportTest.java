package io.amanat.bridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SloReportTest {

    @Test
    void whatIsKeptIsOk() {
        var report = report("""
                {"delays": 940, "delay_p95_target_ms": 1000, "delay_p95_ms": 250, "connected_seconds": 120000,
                 "disconnects": 1, "disconnect_share_target": 0.01, "disconnect_share": 0.005}""");

        assertThat(report.isKept()).isTrue();
        assertThat(report.text()).isEqualTo("""
                        board, the last 10 minutes
                                                 target    measured
                          realtime_delay_ms p95  < 1000    250       ok (940 changes)
                          disconnects %          < 1       0.50      ok (1 lost in 2000 minutes of browsers)""");
        assertThat(report.json())
                .isEqualTo(
                        "{\"ok\":true,\"databases\":{\"board\":["
                                + "{\"name\":\"realtime_delay_ms p95\",\"target_below\":1000.0,\"measured\":250.0,\"state\":\"ok\"},"
                                + "{\"name\":\"disconnects %\",\"target_below\":1.0,\"measured\":0.5,\"state\":\"ok\"}]},\"not_ready\":[]}");
    }

    @Test
    void whatIsAtTheTargetIsLate() {
        assertThat(report("{\"delay_p95_target_ms\": 1000, \"delay_p95_ms\": 1000}")
                        .isKept())
                .isFalse();
        assertThat(report("{\"disconnect_share_target\": 0.01, \"disconnect_share\": 0.01}")
                        .isKept())
                .isFalse();
    }

    @Test
    void whatNobodyMeasuredIsNotLate() {
        var report = report("{\"delay_p95_target_ms\": 1000, \"disconnect_share_target\": 0.01}");

        assertThat(report.isKept()).isTrue();
        assertThat(report.text()).contains("not measured (0 changes)");
    }

    @Test
    void databasesOfOdooAreLeftOut() {
        var report = SloReport.of(new JsonMapper().readTree("{\"odoo\": {\"ready\": true}}"));

        assertThat(report.text()).contains("no database of tables");
        assertThat(report.json()).isEqualTo("{\"ok\":true,\"databases\":{},\"not_ready\":[]}");
    }

    @Test
    void whatIsNotReadyKeepsNoPromise() {
        var report = SloReport.of(new JsonMapper().readTree("""
                {"board": {"ready": false, "postgres": {}, "slo": {"delay_p95_target_ms": 1000}},
                 "broken": {"ready": false, "postgres": {}}}"""));

        assertThat(report.isKept()).isFalse();
        assertThat(report.text())
                .startsWith("board: not ready: see 'amanat status'\nboard, the last 10 minutes\n")
                .endsWith("\nbroken: not ready: see 'amanat status'");
        assertThat(report.json())
                .startsWith("{\"ok\":false,")
                .endsWith("\"broken\":[]},\"not_ready\":[\"board\",\"broken\"]}");
    }

    private static SloReport report(String slo) {
        return SloReport.of(new JsonMapper()
                .readTree("{\"board\": {\"ready\": true, \"postgres\": {}, \"slo\": %s}}".formatted(slo)));
    }
}
