package io.amanat.bridge.access.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Reads the prefix form from its end, the way Odoo does: what no operator has taken at the start is joined with and. */
final class DomainParser {
    /** The deepest tree, dots of paths included: a hostile domain must not cost a stack. */
    static final int MAX_DEPTH = 200;

    /** Conditions, operators and values of lists. */
    static final int MAX_ITEMS = 100_000;

    /** Characters of all patterns: looking for one costs up to its length for every character of a text. */
    static final int MAX_PATTERNS = 1_000;

    private int items;
    private int patterns;

    private DomainParser() {}

    static Domain parse(JsonNode text) throws DomainException {
        return new DomainParser().domain(text, 0).domain;
    }

    private record Deep(Domain domain, int depth) {}

    private Deep domain(JsonNode text, int depth) throws DomainException {
        if (text.isBoolean()) {
            return new Deep(new Domain.Constant(text.booleanValue()), 1);
        }
        if (!text.isArray()) {
            throw new DomainException("a domain is a list or a boolean, not %s".formatted(kind(text)));
        }
        if (depth > MAX_DEPTH) {
            throw tooDeep();
        }
        count(text);
        Deque<Deep> stack = new ArrayDeque<>();
        for (int i = text.size() - 1; i >= 0; i--) {
            stack.push(item(text.get(i), stack, depth));
        }
        return stack.isEmpty() ? new Deep(new Domain.Constant(true), 1) : and(new ArrayList<>(stack));
    }

    private Deep item(JsonNode item, Deque<Deep> stack, int depth) throws DomainException {
        if (item.isArray() && item.size() == 3) {
            return leaf(item, depth);
        }
        return switch (item.isString() ? item.stringValue() : "") {
            case "&" -> and(List.of(pop(stack), pop(stack)));
            case "|" -> or(List.of(pop(stack), pop(stack)));
            case "!" -> {
                var child = pop(stack);
                yield checked(new Domain.Not(child.domain), child.depth);
            }
            default ->
                throw new DomainException(
                        "a domain is made of &, |, ! and [field, operator, value]; one of its items is %s"
                                .formatted(kind(item)));
        };
    }

    private Deep leaf(JsonNode leaf, int depth) throws DomainException {
        var field = leaf.get(0);
        var operator = leaf.get(1);
        if (!field.isString()) {
            return new Deep(constant(leaf), 1);
        }
        if (field.stringValue().isEmpty()) {
            throw new DomainException("a condition names no field");
        }
        if (!operator.isString()) {
            throw new DomainException("the operator on %s is no text".formatted(field.stringValue()));
        }
        var known = Operator.named(operator.stringValue());
        if (known == null) {
            throw new DomainException("the operator on %s is none of Odoo's".formatted(field.stringValue()));
        }
        var related = known == Operator.ANY || known == Operator.NOT_ANY ? domain(leaf.get(2), depth + 1) : null;
        return related == null
                ? condition(field.stringValue(), known, leaf.get(2))
                : any(field.stringValue(), known == Operator.NOT_ANY, related);
    }

    private Deep condition(String path, Operator operator, JsonNode value) throws DomainException {
        if (value.isArray()) {
            count(value);
        }
        if (operator.isPattern()
                && value.isString()
                && (patterns += value.stringValue().length()) > MAX_PATTERNS) {
            throw new DomainException("the patterns of a domain have at most %d characters".formatted(MAX_PATTERNS));
        }
        return checked(new Domain.Condition(path, operator, value), dots(path));
    }

    /** What the last name of a path leads to; only that is negated, not the way there. */
    private static Deep any(String path, boolean negated, Deep related) throws DomainException {
        int last = path.lastIndexOf('.');
        Domain any = new Domain.Any(path.substring(last + 1), related.domain);
        Domain one = negated ? new Domain.Not(any) : any;
        return last < 0
                ? checked(one, related.depth + 1)
                : checked(new Domain.Any(path.substring(0, last), one), related.depth + 1 + dots(path));
    }

    private static int dots(String path) {
        return (int) path.chars().filter(c -> c == '.').count();
    }

    private void count(JsonNode list) throws DomainException {
        if ((items += list.size()) > MAX_ITEMS) {
            throw new DomainException("a domain holds at most %d items".formatted(MAX_ITEMS));
        }
    }

    private static DomainException tooDeep() {
        return new DomainException("a domain is at most %d deep".formatted(MAX_DEPTH));
    }

    private static Domain constant(JsonNode leaf) throws DomainException {
        if (isOne(leaf.get(2))
                && leaf.get(1).isString()
                && leaf.get(1).stringValue().equals("=")) {
            if (isOne(leaf.get(0))) {
                return new Domain.Constant(true);
            }
            if (leaf.get(0).isNumber() && Literals.number(leaf.get(0)) == 0) {
                return new Domain.Constant(false);
            }
        }
        throw new DomainException("a condition starts with the name of a field; only (1, =, 1) and (0, =, 1) do not");
    }

    private static boolean isOne(JsonNode node) {
        return node.isNumber() && Literals.number(node) == 1;
    }

    private static Deep and(List<Deep> parts) throws DomainException {
        return parts.size() == 1 ? parts.getFirst() : checked(new Domain.And(domains(parts)), depth(parts));
    }

    private static Deep or(List<Deep> parts) throws DomainException {
        return checked(new Domain.Or(domains(parts)), depth(parts));
    }

    private static List<Domain> domains(List<Deep> parts) {
        return parts.stream().map(Deep::domain).toList();
    }

    private static int depth(List<Deep> parts) {
        return parts.stream().mapToInt(Deep::depth).max().orElse(0);
    }

    private static Deep checked(Domain domain, int below) throws DomainException {
        if (below >= MAX_DEPTH) {
            throw tooDeep();
        }
        return new Deep(domain, below + 1);
    }

    private static Deep pop(Deque<Deep> stack) throws DomainException {
        if (stack.isEmpty()) {
            throw new DomainException("an operator of the domain has too few conditions after it");
        }
        return stack.pop();
    }

    private static String kind(JsonNode node) {
        return node.isArray()
                ? "a list of %d".formatted(node.size())
                : node.getNodeType().toString().toLowerCase(Locale.ROOT);
    }
}
