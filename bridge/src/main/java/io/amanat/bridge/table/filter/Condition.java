package io.amanat.bridge.table.filter;

import java.util.List;

/**
 * One comparison of a filter.
 *
 * @param negated whether it must not hold; of {@code null} neither it nor its contrary does
 * @param values without their quotes; exactly one but for {@link Operator#IN}
 */
public record Condition(String column, boolean negated, Operator operator, List<String> values) {

    public Condition {
        values = List.copyOf(values);
        if (values.isEmpty() || (values.size() > 1 && operator != Operator.IN)) {
            throw new IllegalArgumentException("%s has %d values".formatted(operator.word(), values.size()));
        }
    }

    /** The value, or the first of several. */
    public String value() {
        return values.getFirst();
    }
}
