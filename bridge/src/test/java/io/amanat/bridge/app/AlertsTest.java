package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.rls.RowSecurityMetrics;
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

/** Whether they fire as they should, Prometheus' own tool says: {@code e2e/checks/alerts}. */
class AlertsTest {

    private static final Pattern FIGURE = Pattern.compile("amanat_[a-z_]+");

    @Test
    void everyAlertLooksAtFiguresThatThereAre() throws IOException {
        var text = new Prometheus();
        Promises.write(text, Map.of("board", new Reports(() -> 0)));
        PolicyFigures.write(text, Map.of("board", new RowSecurityMetrics()));
        var figures = names(text.toString());

        assertThat(rules())
                .extracting(it -> it.path("alert").asString())
                .containsExactly("AmanatRealtimeLate", "AmanatRealtimeDisconnects", "AmanatPolicyWrong");
        assertThat(rules()).allSatisfy(rule -> {
            assertThat(names(rule.path("expr").asString())).isNotEmpty().isSubsetOf(figures);
            assertThat(rule.path("annotations").path("summary").asString()).contains("{{ $labels.database }}");
        });
    }

    @Test
    void aWrongAnswerCallsSomebodyAtOnce() throws IOException {
        var rule = rule("AmanatPolicyWrong");

        assertThat(rule.path("labels").path("severity").asString()).isEqualTo("critical");
        assertThat(rule.path("for").isMissingNode()).isTrue();
    }

    @Test
    void aPromiseThatIsNotKeptWaitsForAWhile() throws IOException {
        for (var name : List.of("AmanatRealtimeLate", "AmanatRealtimeDisconnects")) {
            assertThat(rule(name).path("labels").path("severity").asString()).isEqualTo("warning");
            assertThat(rule(name).path("for").asString()).isEqualTo("2m");
        }
    }

    static String expression(String alert) throws IOException {
        return rule(alert).path("expr").asString();
    }

    private static JsonNode rule(String alert) throws IOException {
        return rules().stream()
                .filter(it -> it.path("alert").asString().equals(alert))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> rules() throws IOException {
        var read = new YAMLMapper().readTree(Path.of("../config/alerts.yaml").toFile());
        return read.path("groups").path(0).path("rules").valueStream().toList();
    }

    private static Set<String> names(String text) {
        return FIGURE.matcher(text).results().map(it -> it.group()).collect(Collectors.toCollection(TreeSet::new));
    }
}
