package io.amanat.bridge.access.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.domain.ModelFields.Field;
import io.amanat.bridge.access.domain.ModelFields.Kind;
import io.amanat.bridge.access.domain.ModelFields.Relation;
import io.amanat.bridge.access.domain.ModelFields.Texts;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Domains and images in JSON with single quotes, on one model with a field of every type. */
final class Spec {
    private static final ObjectMapper JSON = new ObjectMapper();

    static final Map<String, Field> FIELDS = Map.ofEntries(
            Map.entry("name", Field.of(Kind.CHAR)),
            Map.entry("note", Field.of(Kind.TEXT)),
            Map.entry("state", Field.of(Kind.SELECTION)),
            Map.entry("active", Field.of(Kind.BOOLEAN)),
            Map.entry("count", Field.of(Kind.INTEGER)),
            Map.entry("amount", Field.number(2)),
            Map.entry("total", Field.of(Kind.MONETARY)),
            Map.entry("date", Field.of(Kind.DATE)),
            Map.entry("at", Field.of(Kind.DATETIME)),
            Map.entry("user_id", Field.to(Kind.MANY2ONE, new Relation("res.users", false, false))),
            Map.entry("sender_id", Field.to(Kind.MANY2ONE, new Relation("test.sender", true, false))),
            Map.entry("company_id", Field.to(Kind.MANY2ONE, new Relation("res.company", false, true))),
            Map.entry("company_id.code", Field.of(Kind.CHAR)),
            Map.entry("company_id.owner_id", Field.to(Kind.MANY2ONE, new Relation("res.users", false, false))),
            Map.entry("origin", Field.of(Kind.REFERENCE)),
            Map.entry("page", Field.of(Kind.HTML)),
            Map.entry("parent_id", Field.to(Kind.MANY2ONE, new Relation("test.model", false, true))),
            Map.entry("line_ids", Field.to(Kind.ONE2MANY, new Relation("test.line", false, false))),
            Map.entry("tag_ids", Field.to(Kind.MANY2MANY, new Relation("test.tag", false, false))),
            Map.entry("photo", Field.of(Kind.OTHER)));

    private Spec() {}

    static ModelFields model(Texts texts) {
        return new ModelFields("test.model", FIELDS, Optional.of("parent_id"), texts);
    }

    static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    static Image image(String values) {
        Map<String, JsonNode> carried = new HashMap<>();
        json(values).properties().forEach(value -> carried.put(value.getKey(), value.getValue()));
        return new Image(new RecordRef.Serial(42), carried);
    }

    static Decider decider(String domain) {
        return decider(domain, Texts.USUAL);
    }

    static Decider decider(String domain, Texts texts) {
        try {
            return Domain.parse(json(domain)).compile(model(texts));
        } catch (DomainException e) {
            throw new AssertionError(domain, e);
        }
    }

    static void expect(String domain, String image, Verdict verdict) {
        assertThat(decider(domain).verdict(image(image)))
                .as("%s on %s", domain, image)
                .isEqualTo(verdict);
    }
}
