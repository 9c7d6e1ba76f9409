package io.amanat.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Histogram micros = new Histogram(60_000_000, 3);
    private final Report report = new Report("fanout", Map.of("clients", 3)).put("losses", 0L);

    @Test
    void asJsonItIsOneObjectOnOneLine() {
        micros.recordValue(1_500);

        String printed = print(report.latency("", micros), true);

        assertThat(printed.lines()).hasSize(1);
        assertThat(printed.strip())
                .isEqualTo("{\"bench\":\"fanout\",\"config\":{\"clients\":3},\"losses\":0,"
                        + "\"p50_ms\":1.5,\"p95_ms\":1.5,\"p99_ms\":1.5,\"max_ms\":1.5}");
    }

    @Test
    void itTellsWhatTheMachineWasLike() {
        assertThat(print(report.machine(), true)).contains("\"cores\":", "\"load_average\":");
    }

    @Test
    void forPeopleEachValueHasItsLine() {
        assertThat(print(report, false)).contains("bench ", "losses ").contains("{clients=3}");
    }

    private static String print(Report report, boolean json) {
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text), json);
        return text.toString();
    }
}
