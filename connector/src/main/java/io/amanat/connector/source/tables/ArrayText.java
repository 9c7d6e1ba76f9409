package io.amanat.connector.source.tables;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** Reads an array as PostgreSQL prints it: <code>{1,NULL,"a \"b\""}</code>, nested. */
final class ArrayText {

    /** PostgreSQL allows six. */
    private static final int MOST_DIMENSIONS = 6;

    private final String text;
    private final char delimiter;
    private final ToJson element;
    private int at;

    private ArrayText(String text, char delimiter, ToJson element) {
        this.text = text;
        this.delimiter = delimiter;
        this.element = element;
    }

    static JsonNode read(String text, char delimiter, ToJson element) throws Unreadable {
        var reading = new ArrayText(text, delimiter, element);
        // As JSON, it would start at 1 again: a policy that looks at one of its elements would look at another.
        require(text.charAt(0) != '[');
        var array = reading.array(1);
        require(reading.at == text.length());
        return array;
    }

    private ArrayNode array(int depth) throws Unreadable {
        require(depth <= MOST_DIMENSIONS);
        take('{');
        var array = JsonNodeFactory.instance.arrayNode();
        if (peek() == '}') {
            at++;
            return array;
        }
        while (true) {
            array.add(peek() == '{' ? array(depth + 1) : value());
            if (peek() == '}') {
                at++;
                return array;
            }
            take(delimiter);
        }
    }

    private JsonNode value() throws Unreadable {
        if (peek() == '"') {
            return element.json(quoted());
        }
        int start = at;
        while (peek() != delimiter && peek() != '}') {
            at++;
        }
        require(at > start);
        var plain = text.substring(start, at);
        return plain.equals("NULL") ? NullNode.getInstance() : element.json(plain);
    }

    private String quoted() throws Unreadable {
        take('"');
        var value = new StringBuilder();
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
            }
            value.append(peek());
            at++;
        }
        at++;
        return value.toString();
    }

    private void take(char expected) throws Unreadable {
        require(peek() == expected);
        at++;
    }

    private char peek() throws Unreadable {
        require(at < text.length());
        return text.charAt(at);
    }

    private static void require(boolean holds) throws Unreadable {
        if (!holds) {
            throw new Unreadable("a value is no array");
        }
    }
}
