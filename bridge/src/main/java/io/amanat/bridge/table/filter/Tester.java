package io.amanat.bridge.table.filter;

import io.amanat.connector.change.Column;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One condition on one column.
 *
 * @param ofNull whether it holds for null
 * @param test whether it holds for a value
 */
record Tester(String column, boolean ofNull, Predicate<JsonNode> test, Optional<RowFilter.Foothold> foothold) {

    boolean holds(@Nullable JsonNode value) {
        return (value == null || value.isNull()) ? ofNull : test.test(value);
    }

    static Tester of(Condition condition, Column column) throws FilterException {
        return switch (condition.operator()) {
            case IS -> is(condition, column);
            case LIKE -> like(condition, column, false);
            case ILIKE -> like(condition, column, true);
            case EQ, NEQ, LT, LTE, GT, GTE, IN -> {
                var comparing = Comparing.of(column);
                if (comparing.isEmpty()) {
                    throw new FilterException("%s is of type %s, of which nothing but is.null can be asked"
                            .formatted(column.name(), column.type()));
                }
                yield comparing(condition, column, comparing.get());
            }
        };
    }

    private static Tester is(Condition condition, Column column) throws FilterException {
        boolean not = condition.negated();
        boolean logical = column.kind() == Column.Kind.BOOL;
        if (column.kind() == Column.Kind.JSON) {
            throw new FilterException("%s is JSON, of which nothing can be asked".formatted(column.name()));
        }
        if (condition.value().equals("null") || (logical && condition.value().equals("unknown"))) {
            return new Tester(column.name(), !not, value -> not, Optional.empty());
        }
        if (logical && (condition.value().equals("true") || condition.value().equals("false"))) {
            boolean asked = condition.value().equals("true");
            return new Tester(column.name(), not, value -> (value.asBoolean() == asked) != not, Optional.empty());
        }
        throw new FilterException("is stands before null; of a boolean also before true, false or unknown");
    }

    private static Tester like(Condition condition, Column column, boolean ignoreCase) throws FilterException {
        if (column.kind() != Column.Kind.TEXT) {
            throw new FilterException("%s is no text; like and ilike are of texts".formatted(column.name()));
        }
        var pattern = LikePattern.of(condition.value(), ignoreCase);
        return strict(condition, value -> pattern.matches(value.asString()), Optional.empty());
    }

    private static <T extends Comparable<T>> Tester comparing(
            Condition condition, Column column, Comparing<T> comparing) throws FilterException {
        return switch (condition.operator()) {
            case NEQ -> equal(condition, column, comparing, true);
            case LT -> ordered(condition, column, comparing, order -> order < 0);
            case LTE -> ordered(condition, column, comparing, order -> order <= 0);
            case GT -> ordered(condition, column, comparing, order -> order > 0);
            case GTE -> ordered(condition, column, comparing, order -> order >= 0);
            case EQ, IN, IS, LIKE, ILIKE -> equal(condition, column, comparing, false);
        };
    }

    private static <T extends Comparable<T>> Tester equal(
            Condition condition, Column column, Comparing<T> comparing, boolean contrary) throws FilterException {
        var asked = new HashSet<Object>();
        for (var text : condition.values()) {
            asked.add(literal(text, column, comparing));
        }
        var foothold =
                new RowFilter.Foothold(column.name(), column.type(), comparing.value()::apply, Set.copyOf(asked));
        return strict(
                condition,
                value -> asked.contains(comparing.value().apply(value)) != contrary,
                Optional.of(foothold).filter(it -> contrary == condition.negated()));
    }

    private static <T extends Comparable<T>> Tester ordered(
            Condition condition, Column column, Comparing<T> comparing, IntPredicate order) throws FilterException {
        if (!comparing.ordered()) {
            throw new FilterException("%s is text or an enum, whose order only the database knows; %s is not to be had"
                    .formatted(column.name(), condition.operator().word()));
        }
        var bound = literal(condition.value(), column, comparing);
        return strict(
                condition, value -> order.test(comparing.value().apply(value).compareTo(bound)), Optional.empty());
    }

    private static <T extends Comparable<T>> T literal(String text, Column column, Comparing<T> comparing)
            throws FilterException {
        return comparing
                .literal()
                .apply(text)
                .orElseThrow(() -> new FilterException(
                        "what %s is compared with is no value of type %s".formatted(column.name(), column.type())));
    }

    /** What is null matches neither this nor its contrary. */
    private static Tester strict(Condition condition, Predicate<JsonNode> test, Optional<RowFilter.Foothold> foothold) {
        return new Tester(condition.column(), false, condition.negated() ? test.negate() : test, foothold);
    }
}
