package io.amanat.bridge.access.domain;

import io.amanat.bridge.access.domain.ModelFields.Kind;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Conditions on texts, where an empty one counts as not set, and on selections and references, where it does not. */
final class TextConditions {
    private TextConditions() {}

    static Condition compile(Comparison comparison, boolean emptyIsUnset) {
        var operator = comparison.operator();
        if (operator.isEquality()) {
            return equality(comparison, emptyIsUnset);
        }
        return operator.isPattern() ? pattern(comparison, emptyIsUnset) : order(comparison, emptyIsUnset);
    }

    private static Condition equality(Comparison comparison, boolean emptyIsUnset) {
        Set<String> texts = new HashSet<>();
        boolean unset = false;
        var operand = comparison.operand();
        for (var value : operand) {
            var text = text(value);
            if (value.isString() ? value.stringValue().isEmpty() : !Literals.isUnset(value)) {
                comparison.convertsValue();
            }
            if (comparison.type().kind() == Kind.HTML && !value.isString() && !Literals.isUnset(value)) {
                throw comparison.refused();
            }
            if (Literals.isUnset(value)) {
                unset = true;
            } else if (text == null) {
                return Condition.UNDECIDED;
            } else {
                texts.add(text);
            }
        }
        if (operand.isEmpty()) {
            return Condition.constant(comparison.negative());
        }
        boolean withUnset = unset || (emptyIsUnset && texts.contains(""));
        if (withUnset && emptyIsUnset) {
            texts.add("");
        }
        return Condition.negatedIf(comparison.negative(), among(comparison, texts, withUnset));
    }

    private static Condition among(Comparison comparison, Set<String> texts, boolean withUnset) {
        var unset = Verdict.of(withUnset);
        if (texts.size() == 1) {
            var only = texts.iterator().next();
            return comparison.carried(
                    node -> node.isString() ? Verdict.of(only.equals(node.stringValue())) : ifUnset(node, unset));
        }
        return comparison.carried(
                node -> node.isString() ? Verdict.of(texts.contains(node.stringValue())) : ifUnset(node, unset));
    }

    private static Verdict ifUnset(JsonNode node, Verdict unset) {
        return Literals.isUnset(node) ? unset : Verdict.UNDECIDED;
    }

    private static Condition pattern(Comparison comparison, boolean emptyIsUnset) {
        if (Literals.isFalsy(comparison.value())) {
            return comparison.operator().isWhole()
                    ? equality(comparison.isSet(comparison.emptyPatternMeansSet()), emptyIsUnset)
                    : Condition.constant(comparison.emptyPatternMeansSet());
        }
        return Condition.negatedIf(comparison.negative(), matching(comparison));
    }

    private static Condition matching(Comparison comparison) {
        var pattern = patternOf(comparison);
        if (pattern == null) {
            return Condition.UNDECIDED;
        }
        boolean asciiOnly =
                comparison.operator().ignoresCase() && comparison.texts().unaccent();
        return comparison.carried(node -> {
            if (!node.isString()) {
                return ifUnset(node, Verdict.NO);
            }
            var text = node.stringValue();
            return asciiOnly && !isAscii(text) ? Verdict.UNDECIDED : Verdict.of(pattern.matches(text));
        });
    }

    /** Odoo takes only texts for a pattern of all the text. */
    static void refuseOddPattern(Comparison comparison) {
        if (comparison.operator().isWhole() && !comparison.value().isString()) {
            throw comparison.refused();
        }
    }

    /** The pattern a value stands for; null when it cannot be told. */
    static @Nullable Pattern patternOf(Comparison comparison) {
        var operator = comparison.operator();
        refuseOddPattern(comparison);
        var text = text(comparison.value());
        if (text == null || (operator.ignoresCase() && comparison.texts().unaccent() && !isAscii(text))) {
            return null;
        }
        var pattern = Pattern.of(operator.isWhole() ? text : "%" + text + "%", operator.ignoresCase());
        if (pattern == null) {
            throw comparison.refused();
        }
        return pattern;
    }

    /** The text that Odoo makes of a value; null where that is Python's affair. */
    private static @Nullable String text(JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue().toString();
        }
        return Literals.isTrue(value) ? "True" : null;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }

    private static Condition order(Comparison comparison, boolean emptyIsUnset) {
        var value = comparison.value();
        if (Literals.isUnset(value) && !emptyIsUnset) {
            return comparison.orderedWithNothing();
        }
        var literal = Literals.isUnset(value) ? "" : text(value);
        // Odoo cleans the literal that it orders HTML by
        boolean cleaned = comparison.type().kind() == Kind.HTML && !Literals.isFalsy(value);
        if (literal == null || cleaned || !comparison.texts().byCodePoint()) {
            return Condition.UNDECIDED;
        }
        if (!emptyIsUnset) {
            return comparison.ordered(node -> compare(textOf(node), literal));
        }
        var order = comparison.inverted() ? comparison.operator().inverseOrder() : comparison.operator();
        return comparison.carried(node -> Verdict.of(order.holds(compare(textOf(node), literal))));
    }

    private static String textOf(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    /** By code point, which is how bytes of UTF-8 compare; {@link String#compareTo} compares halves of a surrogate pair. */
    private static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean pairs = Character.isSurrogate(left) != Character.isSurrogate(right);
                return pairs ? (Character.isSurrogate(left) ? 1 : -1) : Character.compare(left, right);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
