package io.amanat.bridge.table.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a condition compares a column with its value. */
public enum Operator {
    EQ,
    NEQ,
    LT,
    LTE,
    GT,
    GTE,
    IN,
    IS,
    LIKE,
    ILIKE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As it is written in a filter. */
    public String word() {
        return word;
    }

    static Optional<Operator> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
    }
}
