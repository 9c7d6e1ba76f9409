package io.amanat.standin.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a domain says of a record. Paths with a dot are {@code any}, equality is {@code in}. Immutable. */
sealed interface Condition {

    /** True or false of every record. */
    record Constant(boolean holds) implements Condition {}

    record All(List<Condition> parts) implements Condition {}

    record Any(List<Condition> parts) implements Condition {}

    record Not(Condition part) implements Condition {}

    /**
     * One comparison.
     *
     * @param value a list for {@code in} and {@code not in}, a condition for {@code any} and {@code not any}
     */
    record Leaf(String field, String operator, Object value) implements Condition {}

    Set<String> OPERATORS = Set.of(
            "in",
            "not in",
            "<",
            "<=",
            ">",
            ">=",
            "like",
            "not like",
            "ilike",
            "not ilike",
            "=like",
            "not =like",
            "=ilike",
            "not =ilike",
            "child_of",
            "parent_of",
            "any",
            "not any");

    /** Reads the domain backwards, so that every operator finds its operands on a stack. */
    static Condition parse(List<?> terms, Model model) {
        Deque<Condition> stack = new ArrayDeque<>();
        for (Object term : terms.reversed()) {
            switch (term) {
                case List<?> leaf when leaf.size() == 3 -> stack.push(leaf(leaf, model));
                case String operator when operator.equals("!") -> stack.push(new Not(pop(stack)));
                case String operator when operator.equals("&") -> stack.push(new All(List.of(pop(stack), pop(stack))));
                case String operator when operator.equals("|") -> stack.push(new Any(List.of(pop(stack), pop(stack))));
                default -> throw invalid(term);
            }
        }
        return stack.size() == 1 ? stack.pop() : new All(List.copyOf(stack));
    }

    private static Condition pop(Deque<Condition> stack) {
        if (stack.isEmpty()) {
            throw invalid("an operator without operands");
        }
        return stack.pop();
    }

    private static Condition leaf(List<?> leaf, Model model) {
        if (leaf.get(0) instanceof Integer left && leaf.get(1).equals("=")) {
            return new Constant(left.equals(leaf.get(2)));
        }
        String path = String.valueOf(leaf.get(0));
        String operator = String.valueOf(leaf.get(1)).toLowerCase(Locale.ROOT);
        return leaf(path, operator, leaf.get(2), model);
    }

    private static Condition leaf(String path, String operator, Object value, Model model) {
        int dot = path.indexOf('.');
        if (dot > 0) {
            Model next = Catalog.get(model.field(path.substring(0, dot)).comodel());
            return new Leaf(path.substring(0, dot), "any", leaf(path.substring(dot + 1), operator, value, next));
        }
        if (!path.equals("id") && !path.equals("display_name")) {
            model.field(path);
        }
        return switch (operator) {
            case "=", "==" -> new Leaf(path, "in", listed(value));
            case "!=", "<>" -> new Leaf(path, "not in", listed(value));
            case "=?" -> value.equals(false) ? new Constant(true) : new Leaf(path, "in", listed(value));
            case "any", "not any" -> new Leaf(path, operator, inner(model.field(path), value));
            case "in", "not in" -> new Leaf(path, operator, listed(value));
            default -> {
                if (!OPERATORS.contains(operator)) {
                    throw invalid(operator);
                }
                yield new Leaf(path, operator, value);
            }
        };
    }

    private static Condition inner(Field field, Object value) {
        if (value instanceof List<?> terms) {
            return parse(terms, Catalog.get(field.comodel()));
        }
        throw invalid(value);
    }

    private static List<?> listed(Object value) {
        return value instanceof List<?> list ? list : List.of(value);
    }

    /** Every comparison in it. */
    default Stream<Leaf> leaves() {
        return switch (this) {
            case All(var parts) -> parts.stream().flatMap(Condition::leaves);
            case Any(var parts) -> parts.stream().flatMap(Condition::leaves);
            case Not(var part) -> part.leaves();
            case Constant _ -> Stream.empty();
            case Leaf leaf -> Stream.of(leaf);
        };
    }

    static OdooError invalid(Object term) {
        return OdooError.server("builtins.ValueError", "Invalid domain term: " + term);
    }
}
