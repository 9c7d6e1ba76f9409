package io.amanat.bridge.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a bridge says of its databases, in words. */
final class StatusText {

    private StatusText() {}

    static String of(JsonNode databases) {
        return databases.properties().stream()
                .map(it -> database(it.getKey(), it.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String database(String name, JsonNode info) {
        var lines = new ArrayList<String>();
        lines.add("%s: %s".formatted(name, info.path("ready").asBoolean(false) ? "ready" : "not ready"));
        info.path("troubles").valueStream().forEach(it -> lines.add(line("trouble", it.asString())));
        if (info.has("source")) {
            lines.add(line("source", source(info.path("source"))));
            lines.add(line("journal", journal(info.path("journal"))));
            lines.add(line("browsers", browsers(info)));
        }
        return String.join("\n", lines);
    }

    private static String line(String what, String text) {
        return "  %-9s %s".formatted(what, text);
    }

    private static String source(JsonNode source) {
        var parts = new ArrayList<String>();
        parts.add(source.path("kind").asString());
        parts.add(source.path("connected").asBoolean(false) ? "connected" : "not connected");
        addText(parts, "%s", source.path("why"));
        if (source.has("lag_seconds")) {
            parts.add("lag %.1f s".formatted(source.path("lag_seconds").asDouble()));
        }
        addText(parts, "last change %s", source.path("last_change"));
        addText(parts, "read up to %s", source.path("position"));
        return String.join("; ", parts);
    }

    private static String journal(JsonNode journal) {
        return "epoch %s; offset %d, kept from %d, no crash takes those up to %d"
                .formatted(
                        journal.path("epoch").asString(),
                        journal.path("offset").asLong(),
                        journal.path("first").asLong(),
                        journal.path("durable").asLong());
    }

    private static String browsers(JsonNode info) {
        return "%d connections, %d views"
                .formatted(info.path("sessions").asLong(), info.path("watches").asLong());
    }

    private static void addText(List<String> parts, String form, JsonNode text) {
        if (!text.asString("").isEmpty()) {
            parts.add(form.formatted(text.asString()));
        }
    }
}
