package io.amanat.bridge.access.domain;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a condition compares: every operator that Odoo 19 accepts in the domain of a rule or a view. */
public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    EQUAL_IF_SET("=?"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    IN("in"),
    NOT_IN("not in"),
    LIKE("like"),
    NOT_LIKE("not like"),
    ILIKE("ilike"),
    NOT_ILIKE("not ilike"),
    EXACT_LIKE("=like"),
    NOT_EXACT_LIKE("not =like"),
    EXACT_ILIKE("=ilike"),
    NOT_EXACT_ILIKE("not =ilike"),
    CHILD_OF("child_of"),
    PARENT_OF("parent_of"),
    ANY("any"),
    NOT_ANY("not any");

    private static final Map<String, Operator> BY_TEXT = new HashMap<>();
    private static final Map<Operator, Operator> NEGATIVES = new EnumMap<>(Operator.class);

    static {
        for (var operator : values()) {
            BY_TEXT.put(operator.text, operator);
            if (operator.isNegative()) {
                NEGATIVES.put(operator.positive(), operator);
            }
        }
        BY_TEXT.put("<>", NOT_EQUAL);
        BY_TEXT.put("==", EQUAL);
    }

    private final String text;

    Operator(String text) {
        this.text = text;
    }

    /** The operator of this text, in whatever case, as Odoo takes it; null when there is none. */
    static @Nullable Operator named(String text) {
        return BY_TEXT.get(text.toLowerCase(Locale.ROOT));
    }

    boolean isNegative() {
        return positive() != this;
    }

    /** What this operator is the opposite of; itself when it is none's. */
    Operator positive() {
        return switch (this) {
            case NOT_EQUAL -> EQUAL;
            case NOT_IN -> IN;
            case NOT_LIKE -> LIKE;
            case NOT_ILIKE -> ILIKE;
            case NOT_EXACT_LIKE -> EXACT_LIKE;
            case NOT_EXACT_ILIKE -> EXACT_ILIKE;
            case NOT_ANY -> ANY;
            default -> this;
        };
    }

    /** What holds exactly where this does not; itself when there is no such operator. */
    Operator opposite() {
        return isNegative() ? positive() : NEGATIVES.getOrDefault(this, this);
    }

    boolean isEquality() {
        return positive() == EQUAL || positive() == IN;
    }

    public boolean isPattern() {
        return switch (positive()) {
            case LIKE, ILIKE, EXACT_LIKE, EXACT_ILIKE -> true;
            default -> false;
        };
    }

    /** Whether a pattern must match the whole text instead of a part of it. */
    boolean isWhole() {
        return positive() == EXACT_LIKE || positive() == EXACT_ILIKE;
    }

    boolean ignoresCase() {
        return positive() == ILIKE || positive() == EXACT_ILIKE;
    }

    boolean isOrder() {
        return switch (this) {
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
            default -> false;
        };
    }

    /** Of an order: the one that holds exactly where this one does not. */
    Operator inverseOrder() {
        return switch (this) {
            case LESS -> GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> GREATER;
            case GREATER -> LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> LESS;
            default -> throw new IllegalStateException("%s is no order".formatted(text));
        };
    }

    /** Of an order: whether it holds when comparing gave this sign. */
    boolean holds(int sign) {
        return switch (this) {
            case LESS -> sign < 0;
            case LESS_OR_EQUAL -> sign <= 0;
            case GREATER -> sign > 0;
            case GREATER_OR_EQUAL -> sign >= 0;
            default -> throw new IllegalStateException("%s is no order".formatted(text));
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
