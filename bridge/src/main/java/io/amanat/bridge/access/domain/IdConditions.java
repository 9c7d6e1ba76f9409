package io.amanat.bridge.access.domain;

import tools.jackson.databind.JsonNode;

/** Conditions on the id, which is always set. */
final class IdConditions {
    private IdConditions() {}

    /** What an id that is known says. */
    private interface OfId {
        boolean on(long id);
    }

    /**
     * Compiles a condition.
     *
     * @param related whether it is about the id of a related record
     */
    static Condition compile(Compiler.Ids ids, boolean related, Operator operator, boolean inverted, JsonNode value) {
        if (operator.isEquality()) {
            return equality(ids, related, operator, value);
        }
        return operator.isPattern() ? pattern(ids, operator, value) : order(ids, operator, inverted, value);
    }

    private static Condition known(Compiler.Ids ids, OfId test) {
        return (image, id) -> {
            long known = ids.of(image, id);
            return known == 0 ? Verdict.UNDECIDED : Verdict.of(test.on(known));
        };
    }

    private static Condition equality(Compiler.Ids ids, boolean related, Operator operator, JsonNode value) {
        var operand = Literals.operand("id", operator, value).stream()
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
        if (related && wanted.has(0)) {
            throw Refused.ambiguous("id");
        }
        return operand.isEmpty() ? Condition.constant(negative) : known(ids, id -> wanted.has(id) != negative);
    }

    private static Condition order(Compiler.Ids ids, Operator operator, boolean inverted, JsonNode value) {
        if (value.isBoolean() || value.isNull()) {
            throw new Refused("id", operator);
        }
        if (!value.isIntegralNumber()) {
            return Condition.UNDECIDED;
        }
        long literal = Literals.id(value);
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
        if (pattern == null) {
            throw new Refused("id", operator);
        }
        return known(ids, id -> pattern.matches(Long.toString(id)) != negative);
    }
}
