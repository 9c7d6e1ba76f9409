package io.amanat.bridge.write;

import io.amanat.connector.change.Column;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Values as the text that PostgreSQL reads them from. The types of parameters are left to the server, which takes them from
 * the column: whether a value is one is for its own input functions to say.
 */
final class Parameters {

    private Parameters() {}

    /** @throws RefusedException if no value of such a column is written so */
    static @Nullable String text(Column column, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        var text = switch (column.kind()) {
            case JSON -> value.toString();
            case ARRAY -> array(column, value);
            case NUMBER, TEXT, BOOL, UUID, MOMENT, ENUM, OTHER -> scalar(column, value);
        };
        // Half a character would be stored as a question mark.
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw wrong(column, "holds something that is no text");
        }
        return text;
    }

    private static String scalar(Column column, JsonNode value) {
        if (value.isContainer()) {
            throw wrong(column, "takes one value, not a list or an object");
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static String array(Column column, JsonNode value) {
        if (!value.isArray()) {
            throw wrong(column, "takes a list");
        }
        boolean documents = column.type().startsWith("json");
        return literal(value, documents);
    }

    private static String literal(JsonNode list, boolean documents) {
        var text = new StringJoiner(",", "{", "}");
        for (var element : list) {
            text.add(element(element, documents));
        }
        return text.toString();
    }

    private static String element(JsonNode element, boolean documents) {
        if (element.isNull()) {
            return "NULL";
        }
        if (element.isArray() && !documents) {
            return literal(element, false);
        }
        var text = element.isString() && !documents ? element.stringValue() : element.toString();
        return quoted(text);
    }

    /** An element of an array. */
    static String quoted(String element) {
        return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static RefusedException wrong(Column column, String what) {
        return new RefusedException(
                Refusal.of(Code.INVALID_VALUE, column.name(), "%s %s".formatted(column.name(), what)));
    }
}
