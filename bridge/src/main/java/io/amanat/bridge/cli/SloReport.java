package io.amanat.bridge.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was promised, what was measured, and whether that was kept, of each database that browsers measure.
 *
 * @param databases the promises of each; none of one that could not be started
 * @param notReady those that serve nobody just now, whatever was measured before
 */
record SloReport(Map<String, List<Line>> databases, Set<String> notReady) {

    /** How one promise was kept. */
    enum State {
        OK("ok"),
        LATE("LATE"),
        UNKNOWN("not measured");

        private final String word;

        State(String word) {
            this.word = word;
        }
    }

    /**
     * One promise.
     *
     * @param below what the measure has to be below
     * @param measured empty if nobody has measured it
     * @param of how much was measured
     */
    record Line(String name, double below, Optional<Double> measured, String of) {

        State state() {
            return measured.map(it -> it < below ? State.OK : State.LATE).orElse(State.UNKNOWN);
        }
    }

    static SloReport of(JsonNode databases) {
        var lines = new LinkedHashMap<String, List<Line>>();
        var notReady = new LinkedHashSet<String>();
        databases.properties().forEach(it -> {
            if (it.getValue().has("postgres")) {
                var slo = it.getValue().path("slo");
                lines.put(it.getKey(), slo.isObject() ? lines(slo) : List.of());
                if (!it.getValue().path("ready").asBoolean(false)) {
                    notReady.add(it.getKey());
                }
            }
        });
        return new SloReport(lines, notReady);
    }

    private static List<Line> lines(JsonNode slo) {
        return List.of(
                new Line(
                        "realtime_delay_ms p95",
                        slo.path("delay_p95_target_ms").asDouble(),
                        number(slo.path("delay_p95_ms")),
                        "%d changes".formatted(slo.path("delays").asLong())),
                new Line(
                        "disconnects %",
                        100 * slo.path("disconnect_share_target").asDouble(),
                        number(slo.path("disconnect_share")).map(it -> 100 * it),
                        "%d lost in %d minutes of browsers"
                                .formatted(
                                        slo.path("disconnects").asLong(),
                                        slo.path("connected_seconds").asLong() / 60)));
    }

    private static Optional<Double> number(JsonNode node) {
        return node.isNumber() ? Optional.of(node.asDouble()) : Optional.empty();
    }

    /** Whether every promise was kept, as far as it was measured, and can be now. */
    boolean isKept() {
        return notReady.isEmpty() && !isLate();
    }

    private boolean isLate() {
        return databases.values().stream().flatMap(List::stream).anyMatch(it -> it.state() == State.LATE);
    }

    String text() {
        return databases.isEmpty()
                ? "no database of tables is served; browsers of others measure nothing"
                : databases.entrySet().stream()
                        .map(it -> text(it.getKey(), it.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    private String text(String database, List<Line> lines) {
        var text = new ArrayList<String>();
        if (notReady.contains(database)) {
            text.add("%s: not ready: see 'amanat status'".formatted(database));
        }
        if (!lines.isEmpty()) {
            text.addAll(measured(database, lines));
        }
        return String.join("\n", text);
    }

    private static List<String> measured(String database, List<Line> lines) {
        var text = new ArrayList<String>();
        text.add("%s, the last 10 minutes".formatted(database));
        text.add("  %-22s %-9s %s".formatted("", "target", "measured"));
        for (var line : lines) {
            text.add("  %-22s %-9s %-9s %s (%s)"
                    .formatted(
                            line.name(),
                            "< " + number(line.below()),
                            line.measured().map(SloReport::number).orElse("-"),
                            line.state().word,
                            line.of()));
        }
        return text;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : String.format(Locale.ROOT, "%.2f", value);
    }

    String json() {
        var told = new LinkedHashMap<String, Object>();
        told.put("ok", isKept());
        var each = new LinkedHashMap<String, Object>();
        databases.forEach((name, lines) ->
                each.put(name, lines.stream().map(SloReport::json).toList()));
        told.put("databases", each);
        told.put("not_ready", notReady);
        return new JsonMapper().writeValueAsString(told);
    }

    private static Map<String, Object> json(Line line) {
        var told = new LinkedHashMap<String, Object>();
        told.put("name", line.name());
        told.put("target_below", line.below());
        line.measured().ifPresent(it -> told.put("measured", it));
        told.put("state", line.state().name().toLowerCase(Locale.ROOT));
        return told;
    }
}
