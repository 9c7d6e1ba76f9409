package io.amanat.standin.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Says which rows a condition fits, archived ones included, whoever asks. */
final class Matcher {

    private final Transaction transaction;
    private final Reader reader;

    Matcher(Transaction transaction) {
        this.transaction = transaction;
        this.reader = new Reader(transaction);
    }

    /** Ids of all records of a model that fit, ascending. */
    List<Integer> ids(Model model, Condition condition) {
        return transaction.rows(model.name()).entrySet().stream()
                .filter(one -> fits(model, one.getKey(), one.getValue(), condition))
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean fits(Model model, int id, Map<String, Object> row, Condition condition) {
        return switch (condition) {
            case Condition.All(var parts) -> parts.stream().allMatch(part -> fits(model, id, row, part));
            case Condition.Any(var parts) -> parts.stream().anyMatch(part -> fits(model, id, row, part));
            case Condition.Not(var part) -> !fits(model, id, row, part);
            case Condition.Constant(boolean holds) -> holds;
            case Condition.Leaf leaf -> leaf(model, id, row, leaf);
        };
    }

    /** A relation that points to this record of {@code target} fits. */
    boolean points(Model target, int id, Condition.Leaf leaf) {
        return leaf.value() instanceof Condition inner
                ? transaction
                        .row(target.name(), id)
                        .filter(row -> fits(target, id, row, inner))
                        .isPresent()
                : pointed(target, List.of(id), leaf);
    }

    private boolean leaf(Model model, int id, Map<String, Object> row, Condition.Leaf leaf) {
        if (leaf.operator().startsWith("not ")) {
            var positive = new Condition.Leaf(leaf.field(), leaf.operator().substring(4), leaf.value());
            return !leaf(model, id, row, positive);
        }
        if (leaf.field().equals("id") || leaf.field().equals("display_name")) {
            return compare(model, reader.plain(model, id, row, leaf.field()), leaf);
        }
        Field field = model.field(leaf.field());
        if (field.comodel().isEmpty()) {
            return compare(model, reader.plain(model, id, row, leaf.field()), leaf);
        }
        var targets = targets(model, id, row, field);
        return leaf.value() instanceof Condition
                ? targets.stream().anyMatch(target -> points(Catalog.get(field.comodel()), target, leaf))
                : pointed(Catalog.get(field.comodel()), targets, leaf);
    }

    private List<Integer> targets(Model model, int id, Map<String, Object> row, Field field) {
        return switch (reader.plain(model, id, row, field.name())) {
            case Integer one -> List.of(one);
            case List<?> many -> many.stream().map(Integer.class::cast).toList();
            default -> List.of();
        };
    }

    /** A comparison of the records a relation points to: by id, by name or by their place in a hierarchy. */
    private boolean pointed(Model target, List<Integer> targets, Condition.Leaf leaf) {
        return switch (leaf.operator()) {
            case "in" ->
                ((List<?>) leaf.value()).stream().anyMatch(one -> switch (one) {
                    case Boolean _ -> targets.isEmpty();
                    case String name -> named(target, targets, new Condition.Leaf("name", "in", List.of(name)));
                    default -> targets.contains(one);
                });
            case "child_of", "parent_of" ->
                relatives(target, leaf.operator(), ids(target, leaf.value())).stream()
                        .anyMatch(targets::contains);
            default -> named(target, targets, leaf);
        };
    }

    private boolean named(Model target, List<Integer> targets, Condition.Leaf leaf) {
        return targets.stream()
                .anyMatch(id -> transaction
                        .row(target.name(), id)
                        .filter(row -> compare(target, reader.plain(target, id, row, "display_name"), leaf))
                        .isPresent());
    }

    private List<Integer> ids(Model target, Object value) {
        return switch (value) {
            case String name -> ids(target, new Condition.Leaf("display_name", "ilike", name));
            case Integer id -> List.of(id);
            case List<?> many ->
                many.stream()
                        .filter(Integer.class::isInstance)
                        .map(Integer.class::cast)
                        .toList();
            default -> List.of();
        };
    }

    /** These records with all below, or all above, them. */
    Set<Integer> relatives(Model model, String operator, List<Integer> from) {
        var found = new TreeSet<Integer>();
        var open = new ArrayList<>(from);
        while (!open.isEmpty()) {
            int id = open.removeLast();
            if (transaction.row(model.name(), id).isPresent() && found.add(id)) {
                open.addAll(operator.equals("child_of") ? below(model, id) : above(model, id));
            }
        }
        return found;
    }

    private List<Integer> below(Model model, int id) {
        return ids(model, new Condition.Leaf("parent_id", "in", List.of(id)));
    }

    private List<Integer> above(Model model, int id) {
        return transaction.row(model.name(), id).orElseThrow().get("parent_id") instanceof Integer parent
                ? List.of(parent)
                : List.of();
    }

    private boolean compare(Model model, Object value, Condition.Leaf leaf) {
        return switch (leaf.operator()) {
            case "in" -> ((List<?>) leaf.value()).stream().anyMatch(one -> same(value, one));
            case "<" -> ordered(value, leaf.value()) && order(value, leaf.value()) < 0;
            case "<=" -> ordered(value, leaf.value()) && order(value, leaf.value()) <= 0;
            case ">" -> ordered(value, leaf.value()) && order(value, leaf.value()) > 0;
            case ">=" -> ordered(value, leaf.value()) && order(value, leaf.value()) >= 0;
            case "child_of", "parent_of" ->
                relatives(model, leaf.operator(), ids(model, leaf.value())).contains(value);
            default ->
                Like.fits(value instanceof String text ? text : "", leaf.operator(), String.valueOf(leaf.value()));
        };
    }

    private static boolean same(Object value, Object wanted) {
        if (value instanceof Number left && wanted instanceof Number right) {
            return left.doubleValue() == right.doubleValue();
        }
        return empty(wanted) ? empty(value) : value.equals(wanted);
    }

    private static boolean empty(Object value) {
        return value.equals(false) || value.equals("") || (value instanceof Number number && number.doubleValue() == 0);
    }

    /** Nothing is less or more than a value that is not set. */
    private static boolean ordered(Object value, Object wanted) {
        return !(value instanceof Boolean) && !(wanted instanceof Boolean);
    }

    private static int order(Object value, Object wanted) {
        if (value instanceof Number left && wanted instanceof Number right) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return String.valueOf(value).compareTo(String.valueOf(wanted));
    }
}
