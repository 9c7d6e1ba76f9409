package io.amanat.standin.store;

import io.amanat.standin.python.Expression;
import io.amanat.standin.python.Node;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What record rules look at: the record's own fields, and those of other models they traverse. */
public final class Traversal {

    /** A field of a model. */
    public record Pair(String model, String field) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            return (model + " " + field).compareTo(other.model + " " + other.field);
        }
    }

    private Traversal() {}

    /** The fields of other models that decide who may read records of this one. */
    public static Set<Pair> depends(Transaction transaction, Model model) {
        var found = new TreeSet<Pair>();
        for (var expression : new Rules(transaction).expressions(model)) {
            conditions(expression).forEach(leaf -> found.addAll(of(model, leaf)));
            users(expression, found);
        }
        found.removeIf(pair -> pair.model().equals(model.name()));
        return found;
    }

    /** The record's own stored fields that rules look at and that may travel. */
    public static Set<String> fields(Transaction transaction, Model model) {
        var names = new TreeSet<String>();
        for (var expression : new Rules(transaction).expressions(model)) {
            conditions(expression).forEach(leaf -> names.add(path(leaf).getFirst()));
        }
        names.retainAll(model.fields().keySet());
        names.removeIf(name -> model.field(name).neverPasses());
        return names;
    }

    /** Everything beyond the record's own columns that one condition looks at. */
    static Set<Pair> of(Model model, Condition.Leaf leaf) {
        var found = new TreeSet<Pair>();
        List<String> path = path(leaf);
        Model at = model;
        for (int i = 0; i < path.size() && at.fields().containsKey(path.get(i)); i++) {
            Field field = at.field(path.get(i));
            if (i > 0) {
                found.add(new Pair(at.name(), path.get(i)));
            }
            if (field.type() == FieldType.ONE2MANY) {
                found.add(new Pair(field.comodel(), field.inverse()));
            }
            if (!field.comodel().isEmpty()) {
                at = Catalog.get(field.comodel());
            }
        }
        if (!at.name().equals(model.name())) {
            beyond(at, leaf, found);
        }
        return found;
    }

    private static List<String> path(Condition.Leaf leaf) {
        return List.of(leaf.field().split("\\.", -1));
    }

    private static void beyond(Model target, Condition.Leaf leaf, Set<Pair> found) {
        if (leaf.operator().endsWith("child_of") || leaf.operator().endsWith("parent_of")) {
            found.add(new Pair(target.name(), "parent_id"));
        }
        switch (leaf.value()) {
            case Condition inner -> inner.leaves().forEach(one -> inside(target, one, found));
            case Node.Items(var items)
            when leaf.operator().endsWith("any") ->
                items.stream().flatMap(Traversal::conditions).forEach(one -> inside(target, one, found));
            case Node node
            when node.all().anyMatch(one -> one instanceof Node.Constant(String _)) ->
                found.add(new Pair(target.name(), "name"));
            case String _ -> found.add(new Pair(target.name(), "name"));
            case List<?> values
            when values.stream().anyMatch(String.class::isInstance) -> found.add(new Pair(target.name(), "name"));
            default -> {}
        }
    }

    private static void inside(Model target, Condition.Leaf leaf, Set<Pair> found) {
        String own = path(leaf).getFirst();
        found.addAll(of(target, leaf));
        if (target.fields().containsKey(own)) {
            found.add(new Pair(target.name(), own));
        }
    }

    private static Stream<Condition.Leaf> conditions(Expression expression) {
        return conditions(expression.root());
    }

    /** The conditions in the text of a rule; their values are nodes. */
    private static Stream<Condition.Leaf> conditions(Node node) {
        if (node instanceof Node.Items(var items)) {
            if (items.size() == 3
                    && items.get(0) instanceof Node.Constant(String path)
                    && items.get(1) instanceof Node.Constant(String operator)
                    && !Set.of("&", "|", "!").contains(path)) {
                return Stream.of(new Condition.Leaf(path, operator, items.get(2)));
            }
            return items.stream().flatMap(Traversal::conditions);
        }
        return node instanceof Node.Arithmetic sum
                ? Stream.concat(conditions(sum.left()), conditions(sum.right()))
                : Stream.empty();
    }

    /** The pairs behind {@code user.partner_id.parent_id} and the like. */
    private static void users(Expression expression, Set<Pair> found) {
        expression.root().all().forEach(node -> user(node, found));
    }

    private static Model user(Node node, Set<Pair> found) {
        Model users = Catalog.get(Catalog.USERS);
        if (!(node instanceof Node.Attribute(var of, var name))) {
            return users;
        }
        if (!startsAtUser(of)) {
            return users;
        }
        Model at = user(of, found);
        Field field = at.fields().get(name);
        if (field == null) {
            return at;
        }
        found.add(new Pair(at.name(), name));
        return field.comodel().isEmpty() ? at : Catalog.get(field.comodel());
    }

    private static boolean startsAtUser(Node node) {
        return switch (node) {
            case Node.Name(var name) -> name.equals("user");
            case Node.Attribute attribute -> startsAtUser(attribute.of());
            default -> false;
        };
    }
}
