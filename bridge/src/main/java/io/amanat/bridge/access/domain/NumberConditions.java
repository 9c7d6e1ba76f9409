package io.amanat.bridge.access.domain;

import io.amanat.bridge.access.domain.ModelFields.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;

/** Conditions on numbers, where not set is 0: images cannot tell the two apart, and Odoo does not want to. */
final class NumberConditions {
    private NumberConditions() {}

    static Condition compile(Comparison comparison) {
        var operator = comparison.operator();
        if (operator.isEquality()) {
            return equality(comparison);
        }
        if (operator.isPattern()) {
            return pattern(comparison);
        }
        double literal = literal(comparison, comparison.value());
        var order = comparison.inverted() ? operator.inverseOrder() : operator;
        return comparison.carried(node -> Verdict.of(order.holds(Double.compare(value(node), literal))));
    }

    private static Condition equality(Comparison comparison) {
        var numbers = comparison.operand().stream()
                .mapToDouble(value -> literal(comparison, value))
                .toArray();
        return numbers.length == 0
                ? Condition.constant(comparison.negative())
                : Condition.negatedIf(
                        comparison.negative(), comparison.carried(node -> Verdict.of(has(numbers, value(node)))));
    }

    private static boolean has(double[] numbers, double number) {
        for (double one : numbers) {
            if (one == number) {
                return true;
            }
        }
        return false;
    }

    /** Of an image. Adding 0 makes of a negative zero the usual one. */
    private static double value(JsonNode node) {
        return node.isNumber() ? node.doubleValue() + 0.0 : 0.0;
    }

    /** The number that Odoo compares the column with. */
    private static double literal(Comparison comparison, JsonNode value) {
        if (value.isArray() || value.isObject()) {
            throw comparison.refused();
        }
        boolean whole = comparison.type().kind() == Kind.INTEGER;
        try {
            double number = value.isString() && !value.stringValue().isEmpty()
                    ? parsed(value.stringValue().strip(), whole)
                    : value.isNumber() ? value.doubleValue() : Literals.isTrue(value) ? 1 : 0;
            return (whole ? (double) (long) number : rounded(comparison, number)) + 0.0;
        } catch (NumberFormatException e) {
            throw comparison.refused();
        }
    }

    private static double parsed(String text, boolean whole) {
        return whole ? Long.parseLong(text) : new BigDecimal(text).doubleValue();
    }

    private static double rounded(Comparison comparison, double number) {
        var scale = comparison.type().scale();
        return scale.isEmpty()
                ? number
                : BigDecimal.valueOf(number)
                        .setScale(scale.getAsInt(), RoundingMode.HALF_UP)
                        .doubleValue();
    }

    private static Condition pattern(Comparison comparison) {
        if (Literals.isFalsy(comparison.value())) {
            return comparison.operator().isWhole()
                    ? equality(comparison.isSet(comparison.emptyPatternMeansSet()))
                    : Condition.constant(comparison.emptyPatternMeansSet());
        }
        var pattern = TextConditions.patternOf(comparison);
        if (pattern == null || comparison.type().kind() != Kind.INTEGER) {
            return Condition.UNDECIDED;
        }
        return Condition.negatedIf(comparison.negative(), comparison.carried(node -> digits(pattern, node)));
    }

    /** A text of digits matches, but what is not set has no text; which of the two a 0 is, the image does not say. */
    private static Verdict digits(Pattern pattern, JsonNode node) {
        boolean matches = pattern.matches(Long.toString((long) value(node)));
        return matches && value(node) == 0 ? Verdict.UNDECIDED : Verdict.of(matches);
    }
}
