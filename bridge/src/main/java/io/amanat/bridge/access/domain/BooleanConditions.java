package io.amanat.bridge.access.domain;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Conditions on booleans, where not set is false. */
final class BooleanConditions {
    private static final Set<String> TRUE_TEXTS = Set.of("y", "yes", "1", "true", "t", "on");

    private BooleanConditions() {}

    static Condition compile(Comparison comparison) {
        var operator = comparison.operator();
        if (operator.isPattern() && Literals.isFalsy(comparison.value())) {
            return operator.isWhole()
                    ? equality(comparison.isSet(comparison.emptyPatternMeansSet()))
                    : Condition.constant(comparison.emptyPatternMeansSet());
        }
        if (!operator.isEquality()) {
            throw comparison.refused();
        }
        return equality(comparison);
    }

    private static Condition equality(Comparison comparison) {
        boolean withTrue = false;
        boolean withFalse = false;
        for (var value : comparison.operand()) {
            boolean bool = isTrue(value);
            withTrue |= bool;
            withFalse |= !bool;
        }
        var set = Verdict.of(withTrue != comparison.negative());
        var unset = Verdict.of(withFalse != comparison.negative());
        if (set == unset) {
            return Condition.constant(set == Verdict.YES);
        }
        return comparison.carried(node -> Literals.isFalsy(node) ? unset : set);
    }

    private static boolean isTrue(JsonNode value) {
        return value.isString()
                ? TRUE_TEXTS.contains(value.stringValue().toLowerCase(Locale.ROOT))
                : !Literals.isFalsy(value);
    }
}
