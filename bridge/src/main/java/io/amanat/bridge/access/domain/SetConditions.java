package io.amanat.bridge.access.domain;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Conditions on one2many and many2many, where an image carries the ids: whether one of them is among those asked for. */
final class SetConditions {
    private SetConditions() {}

    static Condition compile(Comparison comparison) {
        var operator = comparison.operator();
        if (operator.isEquality()) {
            return equality(comparison);
        }
        if (!operator.isPattern()) {
            throw comparison.refused();
        }
        if (Literals.isFalsy(comparison.value())) {
            return equality(comparison.isSet(comparison.emptyPatternMeansSet()));
        }
        TextConditions.refuseOddPattern(comparison);
        return Condition.negatedIf(comparison.negative(), among(comparison, LongSet.of(List.of()), false, true));
    }

    private static Condition equality(Comparison comparison) {
        List<JsonNode> ids = new ArrayList<>();
        boolean unset = false;
        boolean named = false;
        var operand = comparison.operand();
        for (var value : operand) {
            if (Literals.isUnset(value) ? value.isBoolean() : isZero(value)) {
                unset = true;
            } else if (value.isIntegralNumber()) {
                ids.add(value);
            } else if (value.isString()) {
                named = true;
            } else if (!value.isNull()) {
                return Condition.UNDECIDED;
            }
        }
        return operand.isEmpty()
                ? Condition.constant(comparison.negative())
                : Condition.negatedIf(comparison.negative(), among(comparison, LongSet.of(ids), unset, named));
    }

    /** Python holds 0 for equal to false, and here Odoo asks it. */
    private static boolean isZero(JsonNode value) {
        return value.isIntegralNumber() && Literals.id(value) == 0;
    }

    private static Condition among(Comparison comparison, LongSet wanted, boolean unset, boolean named) {
        var empty = Verdict.of(unset);
        var notFound = named ? Verdict.UNDECIDED : Verdict.NO;
        return comparison.carried(node -> {
            if (Literals.isUnset(node) || (node.isArray() && node.isEmpty())) {
                return empty;
            }
            return node.isArray() ? oneOf(wanted, node, notFound) : Verdict.UNDECIDED;
        });
    }

    private static Verdict oneOf(LongSet wanted, JsonNode ids, Verdict notFound) {
        for (int i = 0; i < ids.size(); i++) {
            long id = RelationConditions.target(ids.get(i));
            if (id == 0) {
                return Verdict.UNDECIDED;
            }
            if (wanted.has(id)) {
                return Verdict.YES;
            }
        }
        return notFound;
    }
}
