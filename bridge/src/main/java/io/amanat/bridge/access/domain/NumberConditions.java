package io.amanat.bridge.access.domain;

import io.amanat.bridge.access.domain.ModelFields.Kind;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** Conditions on numbers, where not set is 0: images cannot tell the two apart, and Odoo does not want to. */
final class NumberConditions {
    private static final int MAX_DIGITS = 100;
    private static final double LARGE = 1L << 49;

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
        if (isTooLarge(comparison, literal)) {
            return Condition.UNDECIDED;
        }
        var order = comparison.inverted() ? operator.inverseOrder() : operator;
        return comparison.carried(node -> Verdict.of(order.holds(Double.compare(value(node), literal))));
    }

    private static Condition equality(Comparison comparison) {
        var operand = comparison.operand();
        var numbers = new double[operand.size()];
        boolean unsetUnknown = false;
        boolean unset = false;
        for (int i = 0; i < numbers.length; i++) {
            var value = operand.get(i);
            numbers[i] = literal(comparison, value);
            if (isTooLarge(comparison, numbers[i])) {
                return Condition.UNDECIDED;
            }
            if (!Literals.isUnset(value) && !isPlain(value, numbers[i])) {
                comparison.convertsValue();
            }
            unsetUnknown |= isMoney(comparison) && numbers[i] == 0;
            unset |= Literals.isUnset(value)
                    || (value.isFloatingPointNumber() && Double.compare(value.doubleValue(), 0.0) == 0);
        }
        if (numbers.length == 0) {
            return Condition.constant(comparison.negative());
        }
        var zero = unsetUnknown && !unset ? Verdict.UNDECIDED : Verdict.of(has(numbers, 0));
        return Condition.negatedIf(comparison.negative(), comparison.carried(node -> {
            double number = value(node);
            return number == 0 ? zero : Verdict.of(has(numbers, number));
        }));
    }

    /** Whether the database is given the number as it stands in the domain. */
    private static boolean isPlain(JsonNode value, double number) {
        return Literals.isTrue(value) || (value.isNumber() && Literals.number(value) == number);
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
        return node.isNumber() ? Literals.number(node) + 0.0 : 0.0;
    }

    /** The number that Odoo compares the column with. */
    private static double literal(Comparison comparison, JsonNode value) {
        if (value.isArray() || value.isObject() || (isMoney(comparison) && isNoAmount(value))) {
            throw comparison.refused();
        }
        boolean whole = comparison.type().kind() == Kind.INTEGER;
        try {
            double number = value.isString() && !value.stringValue().isEmpty()
                    ? parsed(value.stringValue().strip(), whole)
                    : value.isNumber() ? Literals.number(value) : Literals.isTrue(value) ? 1 : 0;
            if (!Double.isFinite(number)) {
                throw comparison.refused();
            }
            return (whole ? truncated(number) : rounded(comparison, number)) + 0.0;
        } catch (NumberFormatException e) {
            throw comparison.refused();
        }
    }

    private static boolean isMoney(Comparison comparison) {
        return comparison.type().kind() == Kind.MONETARY;
    }

    private static boolean isNoAmount(JsonNode value) {
        return Literals.isTrue(value)
                || (value.isString() && value.stringValue().isBlank());
    }

    private static double parsed(String text, boolean whole) {
        if (text.length() > MAX_DIGITS) {
            throw new NumberFormatException("too long");
        }
        return whole ? Long.parseLong(text) : new BigDecimal(text).doubleValue();
    }

    /** Where a double has no digits left for those after the point, Odoo's rounding changes the number. */
    private static boolean isTooLarge(Comparison comparison, double number) {
        boolean exact = !isMoney(comparison) && comparison.type().scale().isEmpty();
        return !exact
                && Math.abs(number) * Math.pow(10, comparison.type().scale().orElse(3)) >= LARGE;
    }

    private static double truncated(double number) {
        return number < 0 ? Math.ceil(number) : Math.floor(number);
    }

    /** As Odoo rounds: a tie goes away from zero, also where the double nearest to it lies a little below. */
    private static double rounded(Comparison comparison, double number) {
        var scale = comparison.type().scale();
        if (scale.isEmpty() || number == 0) {
            return number;
        }
        double factor = Math.pow(10, scale.getAsInt());
        double scaled = number * factor;
        double tolerance = Math.scalb(Math.abs(scaled), -50);
        return Math.rint(scaled + Math.copySign(tolerance, scaled)) / factor;
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
