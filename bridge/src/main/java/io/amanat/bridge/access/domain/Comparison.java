package io.amanat.bridge.access.domain;

import io.amanat.connector.change.Image;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A condition on a field of known type.
 *
 * @param field its name, for messages
 * @param reader takes its value from an image; null where the image does not carry it
 * @param inverted of an order: the records where it does not hold are meant
 * @param repeated whether the domain has other equalities on the same field
 */
record Comparison(
        String field,
        ModelFields.Field type,
        ModelFields.Texts texts,
        Function<Image, @Nullable JsonNode> reader,
        Operator operator,
        boolean inverted,
        JsonNode value,
        boolean repeated) {

    /** What a value says, once the image carries one. */
    interface OfValue {
        Verdict on(JsonNode value);
    }

    Condition carried(OfValue test) {
        var read = reader;
        return (image, id) -> {
            var node = read.apply(image);
            return node == null ? Verdict.UNDECIDED : test.on(node);
        };
    }

    /** The set that an equality compares with. */
    List<JsonNode> operand() {
        return Literals.operand(field, operator, value);
    }

    /**
     * Says that a value of this equality is one thing to the database and another to Odoo, which makes one condition of several.
     */
    void convertsValue() {
        if (repeated) {
            throw Refused.ambiguous(field);
        }
    }

    boolean negative() {
        return operator.isNegative();
    }

    /** Whether the field is set, or not. */
    Comparison isSet(boolean set) {
        return new Comparison(
                field,
                type,
                texts,
                reader,
                set ? Operator.NOT_EQUAL : Operator.EQUAL,
                false,
                JsonNodeFactory.instance.booleanNode(false),
                repeated);
    }

    /** Of a pattern that is nothing, on a field without relation: what the condition comes to. */
    boolean emptyPatternMeansSet() {
        return negative() == operator.isWhole();
    }

    /** An order whose field, when not set, matches neither it nor its inverse; the inverse includes what is not set. */
    Condition ordered(OfSign comparing) {
        var order = inverted ? operator.inverseOrder() : operator;
        var unset = Verdict.of(inverted);
        return carried(node -> {
            if (Literals.isUnset(node)) {
                return unset;
            }
            return Verdict.of(order.holds(comparing.sign(node)));
        });
    }

    /** How a value compares with the literal. */
    interface OfSign {
        int sign(JsonNode value);
    }

    /** An order with nothing: SQL holds it for no record, and its inverse for those where the field is not set. */
    Condition orderedWithNothing() {
        var unset = Verdict.of(inverted);
        return carried(node -> Literals.isUnset(node) ? unset : Verdict.NO);
    }

    Refused refused() {
        return new Refused(field, operator);
    }
}
