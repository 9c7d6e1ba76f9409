package io.amanat.bridge.access.domain;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values of conditions, seen the way Python sees them. */
final class Literals {
    private Literals() {}

    /** What Python takes for false: also 0 and what is empty. */
    static boolean isFalsy(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> value.doubleValue() == 0;
            case STRING -> value.stringValue().isEmpty();
            case ARRAY, OBJECT -> value.isEmpty();
            default -> true;
        };
    }

    /** Whether it means "not set": false or null, and not 0. */
    static boolean isUnset(JsonNode value) {
        return value.isNull() || (value.isBoolean() && !value.booleanValue());
    }

    static boolean isTrue(JsonNode value) {
        return value.isBoolean() && value.booleanValue();
    }

    /** The different values of a set; of those that Python holds for equal (0 and false, 1 and true) the first. */
    static List<JsonNode> set(Iterable<JsonNode> values) {
        List<JsonNode> different = new ArrayList<>();
        for (var value : values) {
            if (different.stream().noneMatch(other -> same(other, value))) {
                different.add(value);
            }
        }
        return different;
    }

    /** The set that {@code =}, {@code in} and their opposites compare with; nothing when they compare with no value at all. */
    static List<JsonNode> operand(Operator operator, JsonNode value) {
        boolean equality = operator.positive() == Operator.EQUAL;
        if (value.isArray()) {
            return equality && value.isEmpty() ? List.of(JsonNodeFactory.instance.booleanNode(false)) : set(value);
        }
        if (equality) {
            return List.of(value.isNull() ? JsonNodeFactory.instance.booleanNode(false) : value);
        }
        return isFalsy(value) ? List.of() : List.of(value);
    }

    private static boolean same(JsonNode a, JsonNode b) {
        if (isNumeric(a) && isNumeric(b)) {
            return number(a) == number(b);
        }
        return a.equals(b);
    }

    private static boolean isNumeric(JsonNode value) {
        return value.isNumber() || value.isBoolean();
    }

    private static double number(JsonNode value) {
        return value.isBoolean() ? (value.booleanValue() ? 1 : 0) : value.doubleValue();
    }
}
