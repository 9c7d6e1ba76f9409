package io.amanat.standin.store;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A search domain in Odoo's prefix notation, with the operators the demonstration needs. */
final class Domain {

    /** Says whether one record fits. */
    private interface Test {
        boolean fits(int id, Map<String, Object> row);
    }

    private final Test test;
    private final Set<String> fields;

    private Domain(Test test, Set<String> fields) {
        this.test = test;
        this.fields = fields;
    }

    /** Reads the domain backwards, so that every operator finds its operands on a stack. */
    static Domain parse(List<?> terms, Model model) {
        Deque<Test> stack = new ArrayDeque<>();
        var fields = new HashSet<String>();
        for (Object term : terms.reversed()) {
            switch (term) {
                case List<?> leaf when leaf.size() == 3 -> stack.push(leaf(leaf, model, fields));
                case String operator
                when operator.equals("!") -> {
                    Test one = pop(stack);
                    stack.push((id, row) -> !one.fits(id, row));
                }
                case String operator
                when operator.equals("&") || operator.equals("|") -> {
                    Test left = pop(stack);
                    Test right = pop(stack);
                    stack.push(operator.equals("&") ? both(left, right) : either(left, right));
                }
                default -> throw invalid(term);
            }
        }
        return new Domain(stack.stream().reduce((_, _) -> true, Domain::both), fields);
    }

    boolean fits(int id, Map<String, Object> row) {
        return test.fits(id, row);
    }

    boolean mentions(String field) {
        return fields.contains(field);
    }

    private static Test both(Test left, Test right) {
        return (id, row) -> left.fits(id, row) && right.fits(id, row);
    }

    private static Test either(Test left, Test right) {
        return (id, row) -> left.fits(id, row) || right.fits(id, row);
    }

    private static Test pop(Deque<Test> stack) {
        if (stack.isEmpty()) {
            throw invalid("an operator without operands");
        }
        return stack.pop();
    }

    private static Test leaf(List<?> leaf, Model model, Set<String> fields) {
        String name = String.valueOf(leaf.get(0));
        String operator = String.valueOf(leaf.get(1));
        Object wanted = leaf.get(2);
        if (!name.equals("id")) {
            model.field(name);
        }
        fields.add(name);
        return (id, row) -> compare(name.equals("id") ? id : row.getOrDefault(name, false), operator, wanted);
    }

    private static boolean compare(Object value, String operator, Object wanted) {
        return switch (operator) {
            case "=" -> same(value, wanted);
            case "!=" -> !same(value, wanted);
            case "in" -> wanted instanceof Collection<?> many && many.stream().anyMatch(one -> same(value, one));
            case "not in" ->
                wanted instanceof Collection<?> many && many.stream().noneMatch(one -> same(value, one));
            case "ilike" -> lower(value).contains(lower(wanted));
            case "<" -> order(value, wanted) < 0;
            case "<=" -> order(value, wanted) <= 0;
            case ">" -> order(value, wanted) > 0;
            case ">=" -> order(value, wanted) >= 0;
            default -> throw invalid(operator);
        };
    }

    private static boolean same(Object value, Object wanted) {
        if (value instanceof Number left && wanted instanceof Number right) {
            return left.doubleValue() == right.doubleValue();
        }
        return value.equals(wanted);
    }

    private static int order(Object value, Object wanted) {
        if (value instanceof Number left && wanted instanceof Number right) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return String.valueOf(value).compareTo(String.valueOf(wanted));
    }

    private static String lower(Object value) {
        return value instanceof String text ? text.toLowerCase(Locale.ROOT) : "";
    }

    private static OdooError invalid(Object term) {
        return OdooError.server("builtins.ValueError", "Invalid domain term: " + term);
    }
}
