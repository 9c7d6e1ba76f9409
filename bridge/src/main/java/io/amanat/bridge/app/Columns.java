package io.amanat.bridge.app;

import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.access.domain.ModelFields.Field;
import io.amanat.bridge.access.domain.ModelFields.Kind;
import io.amanat.bridge.access.domain.ModelFields.Relation;
import io.amanat.bridge.access.domain.ModelFields.Texts;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads what the add-on's {@code rights} says of a model: {@code columns}, {@code parent} and {@code texts}. */
final class Columns {

    private static final int MAX_DIGITS = 30;

    private static final Map<String, Kind> KINDS = Stream.of(Kind.values())
            .filter(kind -> kind != Kind.OTHER)
            .collect(Collectors.toMap(kind -> kind.name().toLowerCase(Locale.ROOT), Function.identity()));

    private Columns() {}

    /** A column that is not as agreed is left out, and whoever's domain names it is denied. */
    static ModelFields read(String model, JsonNode answer) {
        var columns = answer.path("columns");
        require(columns.isObject(), "columns");
        var fields = new HashMap<String, Field>();
        columns.properties().forEach(it -> field(it.getValue()).ifPresent(field -> fields.put(it.getKey(), field)));
        return new ModelFields(model, fields, parent(answer.path("parent")), texts(answer.path("texts")));
    }

    private static Optional<Field> field(JsonNode column) {
        if (!column.path("type").isString()) {
            return Optional.empty();
        }
        var kind = KINDS.getOrDefault(column.path("type").asString(), Kind.OTHER);
        return switch (kind) {
            case MANY2ONE, ONE2MANY, MANY2MANY -> relation(column).map(relation -> Field.to(kind, relation));
            case FLOAT -> number(column.path("digits"));
            default -> Optional.of(Field.of(kind));
        };
    }

    private static Optional<Relation> relation(JsonNode column) {
        var model = column.path("relation");
        var exact = column.path("exact_names");
        var hierarchy = column.path("hierarchy");
        return model.isString() && exact.isBoolean() && hierarchy.isBoolean()
                ? Optional.of(new Relation(model.asString(), exact.asBoolean(), hierarchy.asBoolean()))
                : Optional.empty();
    }

    private static Optional<Field> number(JsonNode digits) {
        if (digits.isMissingNode() || isFalse(digits)) {
            return Optional.of(Field.of(Kind.FLOAT));
        }
        return digits.isIntegralNumber() && digits.asInt(-1) >= 0 && digits.asInt(-1) <= MAX_DIGITS
                ? Optional.of(Field.number(digits.asInt()))
                : Optional.empty();
    }

    private static Optional<String> parent(JsonNode parent) {
        require(isFalse(parent) || parent.isString(), "parent");
        return parent.isString() ? Optional.of(parent.asString()) : Optional.empty();
    }

    private static Texts texts(JsonNode texts) {
        require(
                texts.path("by_code_point").isBoolean()
                        && texts.path("unaccent").isBoolean(),
                "texts");
        return new Texts(
                texts.path("by_code_point").asBoolean(), texts.path("unaccent").asBoolean());
    }

    private static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.asBoolean();
    }

    private static void require(boolean agreed, String key) {
        if (!agreed) {
            throw new RightsReplies.NotAsAgreed(key);
        }
    }
}
