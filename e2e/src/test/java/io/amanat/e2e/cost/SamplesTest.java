package io.amanat.e2e.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.bench.report.Report;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the browser's counters say of one change, and of many. */
class SamplesTest {
    @Test
    void aChangeCostsWhatTheCountersHaveGrown() {
        Spent before = spent(1.0);
        Spent after = spent(1.010);

        Spent change = after.since(before);

        assertThat(change.script()).isBetween(9.99, 10.01);
        assertThat(change.layout()).isBetween(19.99, 20.01);
        assertThat(change.style()).isBetween(29.99, 30.01);
        assertThat(change.task()).isBetween(39.99, 40.01);
        assertThat(change.at()).isBetween(49.99, 50.01);
    }

    @Test
    void aBrowserWithoutTheCounterIsNoBrowserThatCostsNothing() {
        assertThatThrownBy(() -> Spent.of(Map.of("Timestamp", 1.0, "LayoutDuration", 1.0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ScriptDuration");
    }

    @Test
    void theMedianIsNotMovedByOneThatTookLong() {
        Samples samples = new Samples();
        for (double script : new double[] {5, 900, 4, 3, 6}) {
            samples.add(50, new Spent(0, script, 1, 2, 3));
        }

        assertThat(samples.medianScript()).isEqualTo(5);
        JsonNode report = report(samples);
        assertThat(report.path("x_script_p50_ms").asDouble()).isEqualTo(5);
        assertThat(report.path("x_script_p95_ms").asDouble()).isEqualTo(900);
        assertThat(report.path("x_all_script_p50_ms").asDouble()).isEqualTo(50);
        assertThat(report.path("x_layout_p50_ms").asDouble()).isEqualTo(1);
        assertThat(report.path("x_style_p50_ms").asDouble()).isEqualTo(2);
        assertThat(report.path("x_task_p50_ms").asDouble()).isEqualTo(3);
    }

    private static Spent spent(double seconds) {
        return Spent.of(Map.of(
                "ScriptDuration", seconds,
                "LayoutDuration", 2 * seconds,
                "RecalcStyleDuration", 3 * seconds,
                "TaskDuration", 4 * seconds,
                "Timestamp", 5 * seconds));
    }

    private static JsonNode report(Samples samples) {
        Report report = new Report("browser", Map.of());
        samples.report(report, "x_");
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text), true);
        return new ObjectMapper().readTree(text.toString());
    }
}
