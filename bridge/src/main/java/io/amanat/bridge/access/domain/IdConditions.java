package io.amanat.bridge.access.domain;

import tools.jackson.databind.JsonNode;

/** Conditions on the id, which is always set. */
final class IdConditions {
    private IdConditions() {}

    /** What an id that is known says. */
    private interface OfId {
        boolean on(long id);
    }

    static Condition compile(Compiler.Ids ids, Operator operator, boolean inverted, JsonNode value) {
        if (operator.isEquality()) {
            return equality(ids, operator, value);
        }
        return operator.isPattern() ? pattern(ids, operator, value) : order(ids, operator, inverted, value);
    }

    private static Condition known(Compiler.Ids ids, OfId test) {
        return (image, id) -> {
            long known = ids.of(image, id);
            return known == 0 ? Verdict.UNDECIDED : Verdict.of(test.on(known));
        };
    }

    private static Condition equality(Compiler.Ids ids, Operator operator, JsonNode value) {
        var operand = Literals.operand(operator, value).stream()
                .filter(one -> !Literals.isUnset(one))
                .toList();
        if (operand.stream().anyMatch(Literals::isTrue)) {
            throw new Refused("id", operator);
        }
        if (!operand.stream().allMatch(JsonNode::isIntegralNumber)) {
            return Condition.UNDECIDED;
        }
        boolean negative = operator.isNegative();
        var wanted = LongSet.of(operand);
        return operand.isEmpty() ? Condition.constant(negative) : known(ids, id -> wanted.has(id) != negative);
    }

    private static Condition order(Compiler.Ids ids, Operator operator, boolean inverted, JsonNode value) {
        if (Literals.isUnset(value)) {
            return Condition.NO;
        }
        if (!value.isIntegralNumber()) {
            return Condition.UNDECIDED;
        }
        long literal = value.longValue();
        var order = inverted ? operator.inverseOrder() : operator;
        return known(ids, id -> order.holds(Long.compare(id, literal)));
    }

    private static Condition pattern(Compiler.Ids ids, Operator operator, JsonNode value) {
        boolean negative = operator.isNegative();
        if (Literals.isFalsy(value)) {
            return Condition.constant(negative == operator.isWhole());
        }
        if (operator.isWhole() && !value.isString()) {
            throw new Refused("id", operator);
        }
        if (!value.isString() && !value.isIntegralNumber()) {
            return Condition.UNDECIDED;
        }
        var text = value.asString();
        var pattern = Pattern.of(operator.isWhole() ? text : "%" + text + "%", operator.ignoresCase());
        return pattern == null ? Condition.UNDECIDED : known(ids, id -> pattern.matches(Long.toString(id)) != negative);
    }
}
