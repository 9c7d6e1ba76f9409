package io.amanat.standin.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Writes conditions in Odoo's prefix notation, sorted, so that equal conditions are equal lists. */
final class Notation {

    private static final List<Object> NEVER = List.of(List.of(0, "=", 1));

    private Notation() {}

    static List<Object> of(Condition condition) {
        return switch (condition) {
            case Condition.Constant(boolean holds) -> holds ? List.of() : NEVER;
            case Condition.All(var parts) -> joined("&", parts);
            case Condition.Any(var parts) -> joined("|", parts);
            case Condition.Not(var part) -> {
                var terms = new ArrayList<Object>(List.of("!"));
                terms.addAll(of(part));
                yield List.copyOf(terms);
            }
            case Condition.Leaf leaf -> List.of(List.of(leaf.field(), leaf.operator(), value(leaf.value())));
        };
    }

    private static List<Object> joined(String operator, List<Condition> parts) {
        var terms = new ArrayList<Object>();
        for (int i = 1; i < parts.size(); i++) {
            terms.add(operator);
        }
        parts.stream()
                .map(Notation::of)
                .sorted(Comparator.comparing(Notation::json))
                .forEach(terms::addAll);
        return List.copyOf(terms);
    }

    /** Numbers before texts; {@code false} is the number 0. */
    private static Object value(Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .sorted(Comparator.<Object, Boolean>comparing(String.class::isInstance)
                                .thenComparingDouble(Notation::number)
                                .thenComparing(String::valueOf))
                        .toList()
                : value;
    }

    private static double number(Object value) {
        return switch (value) {
            case Number number -> number.doubleValue();
            case Boolean set -> set ? 1 : 0;
            default -> 0;
        };
    }

    private static String json(Object term) {
        return switch (term) {
            case List<?> list -> list.stream().map(Notation::json).collect(Collectors.joining(", ", "[", "]"));
            case String text -> '"' + text + '"';
            default -> String.valueOf(term);
        };
    }
}
