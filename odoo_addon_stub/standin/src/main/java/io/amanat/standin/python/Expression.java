package io.amanat.standin.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An expression: literals, lists, names, attributes and arithmetic. Immutable. */
public record Expression(Node root) {

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if the text is nothing of the kind
     */
    public static Expression parse(String text) {
        return new Expression(new Parser(text).whole());
    }

    /**
     * Its value: a list, text, number or boolean, or what a name stands for.
     *
     * @throws IllegalArgumentException if a name or attribute is unknown, or values do not go together
     * @throws ArithmeticException if something is divided by zero
     */
    public Object evaluate(Map<String, Object> names) {
        return evaluate(root, names);
    }

    private static Object evaluate(Node node, Map<String, Object> names) {
        return switch (node) {
            case Node.Constant(var value) -> value;
            case Node.Items(var items) ->
                items.stream().map(item -> evaluate(item, names)).toList();
            case Node.Name(var name) -> named(name, names);
            case Node.Attribute(var of, var name) -> attribute(evaluate(of, names), name);
            case Node.Arithmetic(char operator, var left, var right) ->
                combined(operator, evaluate(left, names), evaluate(right, names));
        };
    }

    private static Object named(String name, Map<String, Object> names) {
        var value = names.get(name);
        if (value == null) {
            throw new IllegalArgumentException("name '%s' is not defined".formatted(name));
        }
        return value;
    }

    private static Object attribute(Object of, String name) {
        if (of instanceof HasAttributes object) {
            return object.attribute(name);
        }
        throw new IllegalArgumentException("this has no attribute '%s'".formatted(name));
    }

    private static Object combined(char operator, Object left, Object right) {
        if (operator == '+' && left instanceof List<?> first && right instanceof List<?> second) {
            var all = new ArrayList<Object>(first);
            all.addAll(second);
            return List.copyOf(all);
        }
        if (left instanceof Integer first && right instanceof Integer second) {
            return switch (operator) {
                case '+' -> first + second;
                case '-' -> first - second;
                case '*' -> first * second;
                default -> Math.floorDiv(first, second);
            };
        }
        throw new IllegalArgumentException("unsupported operand types for " + operator);
    }
}
