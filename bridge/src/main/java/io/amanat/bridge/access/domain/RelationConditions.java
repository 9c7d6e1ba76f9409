package io.amanat.bridge.access.domain;

import io.amanat.bridge.access.domain.ModelFields.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Conditions on a many2one: by id, by the name of its target where that is exact, and on whether there is a target. */
final class RelationConditions {
    private RelationConditions() {}

    static Condition compile(Comparison comparison) {
        var operator = comparison.operator();
        if (operator.isEquality()) {
            return equality(comparison);
        }
        return operator.isPattern() ? pattern(comparison) : order(comparison);
    }

    /** The id of the target; 0 when there is none or it is not carried. */
    static long target(@Nullable JsonNode node) {
        if (node == null) {
            return 0;
        }
        var id = node.isArray() && !node.isEmpty() ? node.get(0) : node;
        return id.isIntegralNumber() && id.canConvertToLong() ? id.longValue() : 0;
    }

    /** The name of the target; null when it is not carried. */
    static @Nullable JsonNode name(@Nullable JsonNode node) {
        return node != null && node.isArray() && node.size() > 1 ? node.get(1) : null;
    }

    static boolean hasExactNames(Field field) {
        return field.relation().map(ModelFields.Relation::exactNames).orElse(false);
    }

    /** Whether the target matches; no without one. */
    static Condition anyTarget(String key, Condition related, boolean none) {
        return (image, id) -> {
            var node = image.values().get(key);
            if (none || (node != null && Literals.isUnset(node))) {
                return Verdict.NO;
            }
            return node == null ? Verdict.UNDECIDED : related.on(image, id);
        };
    }

    /** Whether one of the related records matches, as far as their ids tell. */
    static Condition anyOf(String key, Condition related, boolean none) {
        return (image, id) -> {
            var node = image.values().get(key);
            if (none) {
                return Verdict.NO;
            }
            if (node == null || !node.isArray()) {
                return Verdict.UNDECIDED;
            }
            var verdict = Verdict.NO;
            for (int i = 0; i < node.size(); i++) {
                var one = related.on(image, target(node.get(i)));
                if (one == Verdict.YES) {
                    return one;
                }
                verdict = one == Verdict.UNDECIDED ? one : verdict;
            }
            return verdict;
        };
    }

    private static Condition equality(Comparison comparison) {
        List<JsonNode> ids = new ArrayList<>();
        var names = JsonNodeFactory.instance.arrayNode();
        boolean unset = false;
        for (var value : comparison.operand()) {
            if (Literals.isUnset(value)) {
                unset = true;
            } else if (value.isString()) {
                names.add(value);
            } else if (value.isIntegralNumber()) {
                ids.add(value);
            } else {
                throw comparison.refused();
            }
        }
        if (names.isEmpty()) {
            return byId(comparison, ids, unset);
        }
        var named = Condition.negatedIf(comparison.negative(), byName(comparison, Operator.IN, names));
        if (ids.isEmpty() && !unset) {
            return named;
        }
        var others = byId(comparison, ids, unset);
        return comparison.negative() ? Condition.and(named, others) : Condition.or(named, others);
    }

    private static Condition byId(Comparison comparison, List<JsonNode> ids, boolean unset) {
        boolean negative = comparison.negative();
        if (ids.isEmpty() && !unset) {
            return Condition.constant(negative);
        }
        var wanted = LongSet.of(ids);
        if (wanted.has(0)) {
            throw Refused.ambiguous(comparison.field());
        }
        var withoutTarget = Verdict.of(unset != negative);
        var found = Verdict.of(!negative);
        var notFound = Verdict.of(negative);
        return comparison.carried(node -> {
            if (Literals.isUnset(node)) {
                return withoutTarget;
            }
            return wanted.has(target(node)) ? found : notFound;
        });
    }

    private static Condition pattern(Comparison comparison) {
        if (Literals.isFalsy(comparison.value())) {
            return equality(comparison.isSet(comparison.emptyPatternMeansSet()));
        }
        TextConditions.refuseOddPattern(comparison);
        var positive = comparison.operator().positive();
        return Condition.negatedIf(comparison.negative(), byName(comparison, positive, comparison.value()));
    }

    private static Condition byName(Comparison comparison, Operator operator, JsonNode value) {
        var reader = comparison.reader();
        var name = hasExactNames(comparison.type())
                ? TextConditions.compile(
                        new Comparison(
                                comparison.field(),
                                comparison.type(),
                                comparison.texts(),
                                image -> name(reader.apply(image)),
                                operator,
                                false,
                                value,
                                comparison.repeated()),
                        true)
                : Condition.UNDECIDED;
        return (image, id) -> {
            var node = reader.apply(image);
            return node != null && Literals.isUnset(node) ? Verdict.NO : name.on(image, id);
        };
    }

    private static Condition order(Comparison comparison) {
        var value = comparison.value();
        if (Literals.isFalsy(value) && (value.isNumber() || Literals.isUnset(value))) {
            return comparison.orderedWithNothing();
        }
        if (value.isString() || Literals.isTrue(value)) {
            throw comparison.refused();
        }
        if (!value.isIntegralNumber()) {
            return Condition.UNDECIDED;
        }
        long literal = Literals.id(value);
        return comparison.ordered(node -> Long.compare(target(node), literal));
    }
}
