package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.protocol.TableRequest.Report;
import io.amanat.bridge.session.Reports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class PromisesTest {

    private static final Pattern FIGURE = Pattern.compile("amanat_[a-z_]+");

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
    void theAlertsLoadAndLookAtFiguresThatThereAre() throws IOException {
        var text = new Prometheus();
        Promises.write(text, Map.of("board", reports));
        var figures = names(text.toString());
        var rules = alerts();

        assertThat(rules)
                .extracting(it -> it.path("alert").asString())
                .containsExactly("AmanatRealtimeLate", "AmanatRealtimeDisconnects");
        assertThat(rules).allSatisfy(rule -> {
            assertThat(names(rule.path("expr").asString())).isNotEmpty().isSubsetOf(figures);
            assertThat(rule.path("for").asString()).isNotEmpty();
            assertThat(rule.path("labels").path("severity").asString()).isEqualTo("warning");
            assertThat(rule.path("annotations").path("summary").asString()).contains("{{ $labels.database }}");
        });
    }

    @Test
    void theAlertsPromiseWhatTheCommandDoes() throws IOException {
        var expressions =
                alerts().stream().map(it -> it.path("expr").asString()).toList();

        assertThat(expressions.getFirst()).endsWith(">= " + Promises.DELAY);
        assertThat(expressions.getLast()).endsWith(">= " + Promises.DISCONNECTS);
    }

    private static List<JsonNode> alerts() throws IOException {
        var read = new YAMLMapper().readTree(Path.of("../config/alerts.yaml").toFile());
        return read.path("groups").path(0).path("rules").valueStream().toList();
    }

    private static Set<String> names(String text) {
        return FIGURE.matcher(text).results().map(it -> it.group()).collect(Collectors.toCollection(TreeSet::new));
    }
}
