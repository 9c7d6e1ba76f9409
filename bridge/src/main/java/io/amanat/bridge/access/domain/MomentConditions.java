package io.amanat.bridge.access.domain;

import io.amanat.bridge.access.domain.ModelFields.Kind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Conditions on dates and datetimes. Images and literals have the same fixed form, so that texts compare like moments; Odoo
 * compares datetimes by the second. A literal relative to today is undecided: it depends on the reader's clock and time zone.
 */
final class MomentConditions {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final java.util.regex.Pattern DAY = java.util.regex.Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final java.util.regex.Pattern MOMENT =
            java.util.regex.Pattern.compile("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{3}(\\d{3})?)?)?");
    private static final java.util.regex.Pattern RELATIVE =
            java.util.regex.Pattern.compile("\\s*((today|now)(\\s.*)?|[=+-]\\w.*)", java.util.regex.Pattern.DOTALL);

    private MomentConditions() {}

    /**
     * A literal: of a day compared with datetimes, midnight somewhere on earth, since the reader's time zone is not known here.
     *
     * @param first where midnight comes first
     * @param last where it comes last
     */
    private record Literal(LocalDateTime first, LocalDateTime last, boolean day) {

        Literal nextDay() {
            return new Literal(first.plusDays(1), last.plusDays(1), true);
        }
    }

    /** What a literal looks like that can only be judged by Odoo. */
    private static final class Unknown extends Exception {
        Unknown() {
            super(null, null, false, false);
        }
    }

    static Condition compile(Comparison comparison) {
        try {
            var operator = comparison.operator();
            if (operator.isEquality()) {
                return equality(comparison);
            }
            return operator.isPattern() ? pattern(comparison) : order(comparison);
        } catch (Unknown e) {
            return Condition.UNDECIDED;
        }
    }

    private static boolean isDate(Comparison comparison) {
        return comparison.type().kind() == Kind.DATE;
    }

    private static Condition equality(Comparison comparison) throws Unknown {
        List<Condition> same = new ArrayList<>();
        boolean unset = false;
        var operand = comparison.operand();
        for (var value : operand) {
            if (value.isBoolean() && !value.booleanValue()) {
                unset = true;
            } else {
                same.add(equal(comparison, value));
            }
        }
        if (operand.isEmpty()) {
            return Condition.constant(comparison.negative());
        }
        if (unset) {
            same.add(comparison.carried(node -> Verdict.of(Literals.isUnset(node))));
        }
        return Condition.negatedIf(comparison.negative(), Condition.or(same.toArray(Condition[]::new)));
    }

    private static Condition equal(Comparison comparison, JsonNode value) throws Unknown {
        var literal = literal(comparison, value);
        var first = text(comparison, literal.first);
        var last = text(comparison, literal.last);
        return moments(comparison, Verdict.NO, moment -> {
            if (moment.compareTo(first) < 0 || moment.compareTo(last) > 0) {
                return Verdict.NO;
            }
            return first.equals(last) ? Verdict.YES : Verdict.UNDECIDED;
        });
    }

    private static Condition order(Comparison comparison) throws Unknown {
        if (Literals.isUnset(comparison.value())) {
            return Condition.constant(comparison.inverted());
        }
        var operator = comparison.operator();
        var literal = literal(comparison, comparison.value());
        if (!isDate(comparison)
                && literal.day
                && (operator == Operator.GREATER || operator == Operator.LESS_OR_EQUAL)) {
            operator = operator == Operator.GREATER ? Operator.GREATER_OR_EQUAL : Operator.LESS;
            literal = literal.nextDay();
        }
        var order = comparison.inverted() ? operator.inverseOrder() : operator;
        var first = text(comparison, literal.first);
        var last = text(comparison, literal.last);
        return moments(comparison, Verdict.of(comparison.inverted()), moment -> {
            boolean early = order.holds(moment.compareTo(first));
            return early == order.holds(moment.compareTo(last)) ? Verdict.of(early) : Verdict.UNDECIDED;
        });
    }

    private interface OfMoment {
        Verdict on(String moment);
    }

    private static Condition moments(Comparison comparison, Verdict unset, OfMoment test) {
        int length = isDate(comparison) ? 10 : 19;
        return comparison.carried(node -> {
            if (Literals.isUnset(node)) {
                return unset;
            }
            boolean usual = node.isString() && node.stringValue().length() == length;
            return usual && (length == 10 || node.stringValue().charAt(10) == ' ')
                    ? test.on(node.stringValue())
                    : Verdict.UNDECIDED;
        });
    }

    private static String text(Comparison comparison, LocalDateTime moment) {
        return isDate(comparison) ? moment.toLocalDate().toString() : moment.format(SECONDS);
    }

    private static Literal literal(Comparison comparison, JsonNode value) throws Unknown {
        if (!value.isString()) {
            throw comparison.refused();
        }
        var text = value.stringValue();
        try {
            if (DAY.matcher(text).matches()) {
                var midnight = LocalDate.parse(text).atStartOfDay();
                return isDate(comparison)
                        ? new Literal(midnight, midnight, true)
                        : new Literal(midnight.minusHours(14), midnight.plusHours(12), true);
            }
            if (MOMENT.matcher(text).matches()) {
                var moment = LocalDateTime.parse(text.replace(' ', 'T')).withNano(0);
                return new Literal(moment, moment, false);
            }
        } catch (DateTimeException e) {
            throw comparison.refused();
        }
        if (text.isBlank()
                || (!Character.isDigit(text.charAt(0))
                        && !RELATIVE.matcher(text).matches())) {
            throw comparison.refused();
        }
        throw new Unknown();
    }

    private static Condition pattern(Comparison comparison) throws Unknown {
        if (Literals.isFalsy(comparison.value())) {
            return comparison.operator().isWhole()
                    ? equality(comparison.isSet(comparison.emptyPatternMeansSet()))
                    : Condition.constant(comparison.emptyPatternMeansSet());
        }
        var pattern = TextConditions.patternOf(comparison);
        if (pattern == null || !isDate(comparison)) {
            return Condition.UNDECIDED;
        }
        var matching = moments(comparison, Verdict.NO, day -> Verdict.of(pattern.matches(day)));
        return Condition.negatedIf(comparison.negative(), matching);
    }
}
