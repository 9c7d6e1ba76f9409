package io.amanat.e2e.measure;

import io.amanat.e2e.lab.Lab;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * When PostgreSQL committed each change: the commit timestamp of the transaction that also holds its announcement.
 * It is taken just before the commit is flushed, so a little before Odoo runs its post-commit hooks.
 */
final class Commits {
    private final Map<Step, Double> millis = new HashMap<>();

    /** Where the announcements of a run that starts now begin. */
    static long now(Lab lab) {
        return Long.parseLong(
                lab.sql("SELECT COALESCE(MAX(id), 0) FROM bus_bus").strip());
    }

    /** Reads the announcements made since {@code start}. */
    static Commits since(Lab lab, long start) {
        Commits commits = new Commits();
        ObjectMapper json = new ObjectMapper();
        lab.sql("""
                SELECT EXTRACT(EPOCH FROM pg_xact_commit_timestamp(xmin)) * 1000, message
                FROM bus_bus WHERE id > %d ORDER BY id""".formatted(start)).lines().forEach(line -> {
            int bar = line.indexOf('|');
            double at = Double.parseDouble(line.substring(0, bar));
            commits.add(at, json.readTree(line.substring(bar + 1)).path("payload"));
        });
        return commits;
    }

    /** Milliseconds since 1970; empty if nothing announced this change. */
    Optional<Double> of(Step step) {
        return Optional.ofNullable(millis.get(keyed(step)));
    }

    private void add(double at, JsonNode message) {
        for (JsonNode record : message.path("records")) {
            long id = record.path("id").asLong();
            switch (message.path("type").asString("")) {
                case "create" -> millis.putIfAbsent(new Step(Step.Kind.CREATE, id, ""), at);
                case "update" ->
                    millis.putIfAbsent(
                            new Step(Step.Kind.UPDATE, id, record.path("note").asString("")), at);
                case "delete" -> millis.putIfAbsent(new Step(Step.Kind.DELETE, id, ""), at);
                default -> {}
            }
        }
    }

    private static Step keyed(Step step) {
        return step.kind() == Step.Kind.UPDATE ? step : new Step(step.kind(), step.record(), "");
    }
}
