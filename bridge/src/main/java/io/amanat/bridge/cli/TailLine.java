package io.amanat.bridge.cli;

import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Formats one line of {@code tail} for a person: the time, then each key and what it holds. */
final class TailLine {

    private static final JsonMapper JSON = new JsonMapper();

    private TailLine() {}

    static String of(String line) {
        try {
            return format(JSON.readTree(line));
        } catch (JacksonException _) {
            return line;
        }
    }

    /** Whether a line is of this database; how many lines were missed concerns everybody. */
    static boolean isOf(String database, String line) {
        try {
            var of = JSON.readTree(line).path("database");
            return of.isMissingNode() || of.asString("").equals(database);
        } catch (JacksonException _) {
            return true;
        }
    }

    private static String format(JsonNode entry) {
        var words = new StringJoiner("  ");
        for (var property : entry.properties()) {
            words.add(
                    property.getKey().equals("at")
                            ? text(property.getValue())
                            : property.getKey() + "=" + text(property.getValue()));
        }
        return words.toString();
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asString(value.toString());
        }
        var items = new StringJoiner(",");
        value.forEach(item -> items.add(text(item)));
        return items.toString();
    }
}
