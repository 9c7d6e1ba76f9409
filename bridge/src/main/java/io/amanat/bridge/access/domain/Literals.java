package io.amanat.bridge.access.domain;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values of conditions, seen the way Python sees them. */
final class Literals {
    private Literals() {}

    /** What Python takes for false: also 0 and what is empty. */
    static boolean isFalsy(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> number(value) == 0;
            case STRING -> value.stringValue().isEmpty();
            case ARRAY, OBJECT -> value.isEmpty();
            default -> true;
        };
    }

    /** Whether it means "not set": false or null, and not 0. */
    static boolean isUnset(JsonNode value) {
        return value.isNull() || (value.isBoolean() && !value.booleanValue());
    }

    /** A whole number as an id; one that is none, for it fits in no long, comes out as the largest or smallest, which no record has. */
    static long id(JsonNode number) {
        return number.canConvertToLong()
                ? number.longValue()
                : number.bigIntegerValue().signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    static boolean isTrue(JsonNode value) {
        return value.isBoolean() && value.booleanValue();
    }

    /** The different values of a set; of those that Python holds for equal (0 and false, 1 and true) the first. */
    static List<JsonNode> set(Iterable<JsonNode> values) {
        Map<Object, JsonNode> different = new LinkedHashMap<>();
        values.forEach(value -> different.putIfAbsent(key(value), value));
        return List.copyOf(different.values());
    }

    /** The set that {@code =}, {@code in} and their opposites compare with; nothing when they compare with no value at all. */
    static List<JsonNode> operand(String field, Operator operator, JsonNode value) {
        boolean equality = operator.positive() == Operator.EQUAL;
        if (value.isArray()) {
            if (value.valueStream().anyMatch(JsonNode::isNull)) {
                throw Refused.ambiguous(field);
            }
            return equality && value.isEmpty() ? List.of(JsonNodeFactory.instance.booleanNode(false)) : set(value);
        }
        if (equality) {
            return List.of(value.isNull() ? JsonNodeFactory.instance.booleanNode(false) : value);
        }
        return isFalsy(value) ? List.of() : List.of(value);
    }

    /** A number as a double, an infinite one if it is too large. */
    static double number(JsonNode number) {
        return number.isIntegralNumber() ? number.bigIntegerValue().doubleValue() : number.doubleValue();
    }

    /** Equal for values that Python holds for equal. */
    private static Object key(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value.isIntegralNumber()) {
            return new BigDecimal(value.bigIntegerValue()).stripTrailingZeros();
        }
        return value.isNumber() && Double.isFinite(value.doubleValue())
                ? BigDecimal.valueOf(value.doubleValue()).stripTrailingZeros()
                : value;
    }
}
