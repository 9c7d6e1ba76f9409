package io.amanat.bridge.access.domain;

import io.amanat.bridge.access.domain.ModelFields.Field;
import io.amanat.bridge.access.domain.ModelFields.Kind;
import io.amanat.bridge.access.domain.ModelFields.Relation;
import io.amanat.connector.change.Image;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * {@code child_of} and {@code parent_of}. A record is its own child and parent, and has no others when nothing is above it; beyond
 * that, {@code parent_path} tells where images carry it, and else only Odoo knows the hierarchy.
 */
final class HierarchyConditions {
    private static final String PATH = "parent_path";

    private final ModelFields model;
    private final Operator operator;
    private final boolean childOf;
    private final boolean empty;
    private final boolean byId;
    private final LongSet roots;

    HierarchyConditions(ModelFields model, Operator operator, JsonNode value) {
        this.model = model;
        this.operator = operator;
        this.childOf = operator == Operator.CHILD_OF;
        var values = value.isArray() ? Literals.set(value) : List.of(value);
        this.empty = values.isEmpty();
        this.byId = values.stream().allMatch(one -> one.isIntegralNumber() && Literals.id(one) > 0);
        this.roots = LongSet.of(byId ? values : List.of());
    }

    Condition ofRecord() {
        return inModel(model.parent().orElseThrow(() -> new Refused("id", operator)));
    }

    Condition ofField(String name, Field field) {
        boolean own = field.relation()
                .map(Relation::model)
                .filter(model.model()::equals)
                .isPresent();
        boolean hierarchy = field.relation().map(Relation::hierarchy).orElse(false);
        if (field.kind() == Kind.OTHER) {
            return Condition.UNDECIDED;
        }
        if (field.relation().isEmpty() || (!own && !hierarchy && !empty)) {
            throw new Refused(name, operator);
        }
        return switch (field.kind()) {
            case MANY2ONE -> own ? inModel(name) : ofTarget(name);
            default -> empty ? Condition.NO : Condition.UNDECIDED;
        };
    }

    private Condition inModel(String parent) {
        if (empty) {
            return Condition.NO;
        }
        if (!byId) {
            return Condition.UNDECIDED;
        }
        boolean usesPath = model.parent().filter(parent::equals).isPresent();
        return (image, id) -> id == 0 ? Verdict.UNDECIDED : recordIn(image, id, parent, usesPath);
    }

    private Verdict recordIn(Image image, long id, String parent, boolean usesPath) {
        if (roots.has(id)) {
            return Verdict.YES;
        }
        if (!childOf) {
            return Verdict.UNDECIDED;
        }
        var path = usesPath ? image.values().get(PATH) : null;
        if (path != null && path.isString()) {
            return Verdict.of(onPath(path.stringValue()));
        }
        var above = image.values().get(parent);
        if (above == null) {
            return Verdict.UNDECIDED;
        }
        return Literals.isUnset(above)
                ? Verdict.NO
                : roots.has(RelationConditions.target(above)) ? Verdict.YES : Verdict.UNDECIDED;
    }

    private Condition ofTarget(String name) {
        if (empty) {
            return Condition.NO;
        }
        var pathKey = name + "." + PATH;
        return (image, id) -> {
            var node = image.values().get(name);
            if (node == null) {
                return Verdict.UNDECIDED;
            }
            if (Literals.isUnset(node)) {
                return Verdict.NO;
            }
            if (roots.has(RelationConditions.target(node))) {
                return Verdict.YES;
            }
            var path = image.values().get(pathKey);
            return byId && childOf && path != null && path.isString()
                    ? Verdict.of(onPath(path.stringValue()))
                    : Verdict.UNDECIDED;
        };
    }

    /** A path names the ids from the top down, each followed by a slash. */
    private boolean onPath(String path) {
        long id = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '/') {
                if (roots.has(id)) {
                    return true;
                }
                id = 0;
            } else {
                id = id * 10 + (c - '0');
            }
        }
        return false;
    }
}
