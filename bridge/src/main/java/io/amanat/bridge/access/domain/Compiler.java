package io.amanat.bridge.access.domain;

import io.amanat.bridge.access.domain.ModelFields.Field;
import io.amanat.bridge.access.domain.ModelFields.Kind;
import io.amanat.connector.change.Image;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns a tree into conditions that know their field's type and have read their literal; negation moves down to them, as in Odoo. */
final class Compiler {
    private final ModelFields model;
    private final Set<String> repeatedPaths;
    private boolean judgeable = true;

    private Compiler(ModelFields model, Set<String> repeatedPaths) {
        this.model = model;
        this.repeatedPaths = repeatedPaths;
    }

    static Decider compile(Domain domain, ModelFields model) {
        try {
            var compiler = new Compiler(model, Paths.repeated(domain));
            var condition = compiler.tree(domain, Scope.RECORD, false);
            return new Decider(condition, Optional.empty(), compiler.judgeable);
        } catch (Refused refused) {
            return new Decider(Condition.UNDECIDED, Optional.ofNullable(refused.getMessage()), false);
        }
    }

    /**
     * Whose fields are compared.
     *
     * @param path that leads to them, ending with a dot
     * @param prefix of their keys in the image
     * @param ids the id of the record they belong to
     * @param known whether the image carries anything but the id
     */
    private record Scope(String path, String prefix, Ids ids, boolean known) {
        static final Scope RECORD = new Scope("", "", (image, id) -> id, true);

        static Scope related(String path) {
            return new Scope(path + ".", "", (image, id) -> id, false);
        }

        static Scope target(String path) {
            return new Scope(
                    path + ".",
                    path + ".",
                    (image, id) -> RelationConditions.target(image.values().get(path)),
                    true);
        }

        boolean isRecord() {
            return known && prefix.isEmpty();
        }
    }

    /** Finds the id that a condition is about; 0 when it is not known. */
    interface Ids {
        long of(Image image, long id);
    }

    private Condition tree(Domain domain, Scope scope, boolean negated) {
        return switch (domain) {
            case Domain.Constant(boolean value) -> Condition.constant(value != negated);
            case Domain.Not(Domain child) -> tree(child, scope, !negated);
            case Domain.And(List<Domain> all) -> {
                var parts = trees(all, scope, negated);
                yield negated ? Condition.or(parts) : Condition.and(parts);
            }
            case Domain.Or(List<Domain> all) -> {
                var parts = trees(all, scope, negated);
                yield negated ? Condition.and(parts) : Condition.or(parts);
            }
            case Domain.Any(String field, Domain related) ->
                field.equals("id")
                        ? tree(related, scope, negated)
                        : Condition.negatedIf(negated, noted(any(field, related, scope)));
            case Domain.Condition(String field, Operator operator, JsonNode value) ->
                noted(condition(field, operator, value, scope, negated));
        };
    }

    private Condition noted(Condition condition) {
        judgeable &= !condition.equals(Condition.UNDECIDED);
        return condition;
    }

    private Condition[] trees(List<Domain> domains, Scope scope, boolean negated) {
        return domains.stream().map(part -> tree(part, scope, negated)).toArray(Condition[]::new);
    }

    private Condition any(String path, Domain related, Scope scope) {
        int dot = path.indexOf('.');
        if (dot > 0) {
            return any(path.substring(0, dot), new Domain.Any(path.substring(dot + 1), related), scope);
        }
        var field = field(path, scope);
        if (field == null) {
            return Condition.UNDECIDED;
        }
        var key = scope.prefix + path;
        return switch (field.kind()) {
            case MANY2ONE ->
                RelationConditions.anyTarget(key, tree(related, Scope.target(key), false), isNone(related));
            case ONE2MANY, MANY2MANY ->
                RelationConditions.anyOf(key, tree(related, Scope.related(scope.path + path), false), isNone(related));
            case OTHER -> Condition.UNDECIDED;
            default -> throw new Refused(path, Operator.ANY);
        };
    }

    private static boolean isNone(Domain domain) {
        return domain instanceof Domain.Constant(boolean value) && !value;
    }

    private @Nullable Field field(String name, Scope scope) {
        return scope.known ? model.fields().get(scope.prefix + name) : null;
    }

    private Condition condition(String path, Operator operator, JsonNode value, Scope scope, boolean negated) {
        int dot = path.indexOf('.');
        if (dot > 0) {
            var rest = new Domain.Condition(path.substring(dot + 1), operator, value);
            return Condition.negatedIf(negated, any(path.substring(0, dot), rest, scope));
        }
        if (operator == Operator.EQUAL_IF_SET) {
            return Literals.isFalsy(value)
                    ? Condition.constant(!negated)
                    : condition(path, Operator.EQUAL, value, scope, negated);
        }
        boolean hierarchy = operator == Operator.CHILD_OF || operator == Operator.PARENT_OF;
        if (hierarchy) {
            return Condition.negatedIf(negated, hierarchy(path, operator, value, scope));
        }
        var asked = negated ? operator.opposite() : operator;
        boolean inverted = negated && operator.isOrder();
        if (path.equals("id")) {
            return IdConditions.compile(scope.ids, !scope.isRecord(), asked, inverted, value);
        }
        if (path.equals("display_name") && scope.known && !scope.prefix.isEmpty()) {
            return targetName(scope, asked, value);
        }
        var field = field(path, scope);
        return field == null ? Condition.UNDECIDED : leaf(path, field, scope, asked, inverted, value);
    }

    private Condition leaf(String name, Field field, Scope scope, Operator operator, boolean inverted, JsonNode value) {
        judgeable &= valuesDecide(field, value);
        if (!scope.isRecord() && operator.isOrder() && isUnordered(field.kind(), value)) {
            throw Refused.ambiguous(name);
        }
        var key = scope.prefix + name;
        var reader = field.kind() == Kind.REFERENCE ? setOnly(key) : reader(key);
        boolean repeated = repeatedPaths.contains(scope.path + name);
        var comparison = new Comparison(name, field, model.texts(), reader, operator, inverted, value, repeated);
        return switch (field.kind()) {
            case BOOLEAN -> BooleanConditions.compile(comparison);
            case INTEGER, FLOAT, MONETARY -> NumberConditions.compile(comparison);
            case CHAR, TEXT, HTML -> TextConditions.compile(comparison, true);
            case SELECTION, REFERENCE -> TextConditions.compile(comparison, false);
            case DATE, DATETIME -> MomentConditions.compile(comparison);
            case MANY2ONE -> RelationConditions.compile(comparison);
            case ONE2MANY, MANY2MANY -> SetConditions.compile(comparison);
            case OTHER -> Condition.UNDECIDED;
        };
    }

    private static boolean valuesDecide(Field field, JsonNode value) {
        return switch (field.kind()) {
            case MANY2ONE -> RelationConditions.hasExactNames(field) || !isName(value);
            case ONE2MANY, MANY2MANY -> !isName(value);
            case REFERENCE -> false;
            default -> true;
        };
    }

    /** Neither this order nor its inverse holds for what is set; which of them Odoo takes below a {@code not any}, it decides by the rest. */
    private static boolean isUnordered(Kind kind, JsonNode value) {
        return (kind == Kind.MANY2ONE && Literals.isFalsy(value))
                || ((kind == Kind.SELECTION || kind == Kind.REFERENCE) && Literals.isUnset(value));
    }

    private static boolean isName(JsonNode value) {
        return value.isString() || (value.isArray() && value.valueStream().anyMatch(JsonNode::isString));
    }

    private static Function<Image, @Nullable JsonNode> reader(String key) {
        return image -> image.values().get(key);
    }

    /** Of a reference: images show one to a record that is gone as not set, though the database still has it. */
    private static Function<Image, @Nullable JsonNode> setOnly(String key) {
        return image -> {
            var node = image.values().get(key);
            return node == null || Literals.isUnset(node) ? null : node;
        };
    }

    /** The name of a many2one's target, which images carry beside its id. */
    private Condition targetName(Scope scope, Operator operator, JsonNode value) {
        var key = scope.prefix.substring(0, scope.prefix.length() - 1);
        var field = model.fields().get(key);
        if (field == null || !RelationConditions.hasExactNames(field) || operator.isOrder()) {
            return Condition.UNDECIDED;
        }
        return TextConditions.compile(
                new Comparison(
                        "display_name",
                        Field.of(Kind.CHAR),
                        model.texts(),
                        image -> RelationConditions.name(image.values().get(key)),
                        operator,
                        false,
                        value,
                        true),
                true);
    }

    private Condition hierarchy(String name, Operator operator, JsonNode value, Scope scope) {
        if (Literals.isUnset(value)) {
            return Condition.NO;
        }
        if (!value.isString() && !value.isIntegralNumber() && !value.isBoolean() && !value.isArray()) {
            throw new Refused(name, operator);
        }
        judgeable = false;
        var hierarchy = new HierarchyConditions(model, operator, value);
        if (name.equals("id")) {
            return scope.isRecord() ? hierarchy.ofRecord() : Condition.UNDECIDED;
        }
        var field = field(name, scope);
        if (field == null) {
            return Condition.UNDECIDED;
        }
        var condition = hierarchy.ofField(name, field);
        return scope.isRecord() ? condition : Condition.UNDECIDED;
    }
}
