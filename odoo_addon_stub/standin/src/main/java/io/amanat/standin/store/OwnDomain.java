package io.amanat.standin.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns conditions into ones on a record's own values: what lies beyond is resolved to ids. */
final class OwnDomain {

    private static final Set<String> ORDER = Set.of("<", "<=", ">", ">=");
    private static final Set<FieldType> TEXTS =
            Set.of(FieldType.CHAR, FieldType.TEXT, FieldType.SELECTION, FieldType.PASSWORD);

    private final Transaction transaction;
    private final Matcher matcher;

    OwnDomain(Transaction transaction, Matcher matcher) {
        this.transaction = transaction;
        this.matcher = matcher;
    }

    Condition of(Model model, Condition condition) throws Undecidable {
        return own(model, condition, false);
    }

    private Condition own(Model model, Condition condition, boolean negated) throws Undecidable {
        return switch (condition) {
            case Condition.All(var parts) -> joined(own(model, parts, negated), !negated);
            case Condition.Any(var parts) -> joined(own(model, parts, negated), negated);
            case Condition.Not(var part) -> own(model, part, !negated);
            case Condition.Constant(boolean holds) -> new Condition.Constant(holds != negated);
            case Condition.Leaf leaf
            when negated && ORDER.contains(leaf.operator()) -> new Condition.Not(leaf(model, leaf));
            case Condition.Leaf leaf -> settled(leaf(model, negated ? opposite(leaf) : leaf));
        };
    }

    private List<Condition> own(Model model, List<Condition> parts, boolean negated) throws Undecidable {
        var own = new ArrayList<Condition>();
        for (Condition part : parts) {
            own.add(own(model, part, negated));
        }
        return own;
    }

    private static Condition.Leaf opposite(Condition.Leaf leaf) {
        String operator = leaf.operator().startsWith("not ") ? leaf.operator().substring(4) : "not " + leaf.operator();
        return new Condition.Leaf(leaf.field(), operator, leaf.value());
    }

    private Condition.Leaf leaf(Model model, Condition.Leaf leaf) throws Undecidable {
        if (leaf.field().equals("display_name")) {
            throw new Undecidable(leaf.field());
        }
        if (leaf.field().equals("id")) {
            return plain(leaf);
        }
        Field field = model.field(leaf.field());
        if (field.neverPasses() || (ORDER.contains(leaf.operator()) && TEXTS.contains(field.type()))) {
            throw new Undecidable(leaf.field());
        }
        return field.comodel().isEmpty() || isPlain(leaf) ? plain(leaf) : resolved(model, field, leaf);
    }

    private static Condition.Leaf plain(Condition.Leaf leaf) throws Undecidable {
        if (leaf.operator().endsWith("child_of") || leaf.operator().endsWith("parent_of")) {
            throw new Undecidable(leaf.field());
        }
        return leaf;
    }

    private static boolean isPlain(Condition.Leaf leaf) {
        return leaf.operator().endsWith("in")
                && leaf.value() instanceof List<?> values
                && values.stream().noneMatch(String.class::isInstance);
    }

    private Condition.Leaf resolved(Model model, Field field, Condition.Leaf leaf) throws Undecidable {
        var beyond = Traversal.of(model, leaf);
        if (beyond.stream().anyMatch(pair -> pair.model().equals(model.name()))) {
            throw new Undecidable(leaf.field());
        }
        boolean negated = leaf.operator().startsWith("not ");
        String operator = negated ? leaf.operator().substring(4) : leaf.operator();
        var target = Catalog.get(field.comodel());
        var ids = transaction.rows(target.name()).keySet().stream()
                .filter(id -> matcher.points(target, id, new Condition.Leaf(leaf.field(), operator, leaf.value())))
                .toList();
        return new Condition.Leaf(leaf.field(), negated ? "not in" : "in", ids);
    }

    private static Condition settled(Condition.Leaf leaf) {
        if (leaf.value() instanceof List<?> values && values.isEmpty()) {
            return new Condition.Constant(!leaf.operator().equals("in"));
        }
        return leaf;
    }

    /** All of them, or any; constants, nesting and several lists for one field taken out. */
    private static Condition joined(List<Condition> parts, boolean all) {
        var flat = new ArrayList<Condition>();
        for (Condition part : parts) {
            flat.addAll(flattened(part, all));
        }
        var merged = merged(flat, all);
        if (merged.contains(new Condition.Constant(!all))) {
            return new Condition.Constant(!all);
        }
        if (merged.isEmpty()) {
            return new Condition.Constant(all);
        }
        return merged.size() == 1 ? merged.getFirst() : all ? new Condition.All(merged) : new Condition.Any(merged);
    }

    private static List<Condition> flattened(Condition part, boolean all) {
        return switch (part) {
            case Condition.All(var inner) when all -> inner;
            case Condition.Any(var inner) when !all -> inner;
            case Condition.Constant(boolean holds) when holds == all -> List.of();
            default -> List.of(part);
        };
    }

    private static List<Condition> merged(List<Condition> parts, boolean all) {
        Map<String, List<Condition.Leaf>> sets = new LinkedHashMap<>();
        var merged = new ArrayList<Condition>();
        for (Condition part : parts) {
            if (part instanceof Condition.Leaf leaf
                    && leaf.operator().endsWith("in")
                    && leaf.value() instanceof List<?>) {
                sets.computeIfAbsent(leaf.field(), _ -> new ArrayList<>()).add(leaf);
            } else if (!merged.contains(part)) {
                merged.add(part);
            }
        }
        sets.forEach((field, leaves) -> merged.add(settled(merged(field, leaves, all))));
        merged.removeIf(part -> part.equals(new Condition.Constant(all)));
        return merged;
    }

    /** One list for a field: what is let in, or, if nothing limits that, what is kept out. */
    private static Condition.Leaf merged(String field, List<Condition.Leaf> leaves, boolean all) {
        Set<Object> in = null;
        Set<Object> out = null;
        for (var leaf : leaves) {
            var values = new LinkedHashSet<Object>((List<?>) leaf.value());
            if (leaf.operator().equals("in")) {
                in = in == null ? values : all ? common(in, values) : union(in, values);
            } else {
                out = out == null ? values : all ? union(out, values) : common(out, values);
            }
        }
        if (in == null || out == null) {
            return new Condition.Leaf(field, in == null ? "not in" : "in", List.copyOf(in == null ? out : in));
        }
        return all
                ? new Condition.Leaf(field, "in", List.copyOf(without(in, out)))
                : new Condition.Leaf(field, "not in", List.copyOf(without(out, in)));
    }

    private static Set<Object> union(Set<Object> left, Set<Object> right) {
        var both = new LinkedHashSet<>(left);
        both.addAll(right);
        return both;
    }

    private static Set<Object> common(Set<Object> left, Set<Object> right) {
        var both = new LinkedHashSet<>(left);
        both.retainAll(right);
        return both;
    }

    private static Set<Object> without(Set<Object> left, Set<Object> right) {
        var rest = new LinkedHashSet<>(left);
        rest.removeAll(right);
        return rest;
    }
}
