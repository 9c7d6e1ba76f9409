package io.amanat.bridge.journal;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes changes as JSON, so that {@link ChangeReader} makes equal ones of it. Safe to share. */
final class ChangeWriter {

    private static final JsonMapper PLAIN = JsonMapper.builder(factory()).build();

    /** For text that is not well-formed and has no UTF-8: half a surrogate pair. */
    private static final JsonMapper ESCAPING =
            PLAIN.rebuild().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(ChangeReader.MOST_DEPTH)
                        .build())
                .build();
    }

    private ChangeWriter() {}

    static ByteBuffer write(List<Change> changes) {
        try {
            return write(PLAIN, changes);
        } catch (StreamWriteException _) {
            return write(ESCAPING, changes);
        }
    }

    private static ByteBuffer write(JsonMapper mapper, List<Change> changes) {
        var bytes = new ByteArrayOutputStream(512);
        try (var json = mapper.createGenerator(bytes)) {
            json.writeStartArray();
            changes.forEach(it -> write(json, it));
            json.writeEndArray();
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static void write(JsonGenerator json, Change change) {
        json.writeStartObject();
        switch (change) {
            case Change.Records it -> records(json, it);
            case Change.Bulk it -> bulk(json, it);
            case Change.Event it -> event(json, it);
            case Change.Rights it -> rights(json, it);
            case Change.Gap it -> gap(json, it);
        }
        json.writeEndObject();
    }

    private static void records(JsonGenerator json, Change.Records it) {
        json.writeStringProperty("type", "records");
        what(json, it.model(), it.operation());
        who(json, it.actor(), it.at());
        images(json, "now", it.now());
        images(json, "rules", it.rules());
        images(json, "before", it.before());
        names(json, "fields", it.changedFields());
        names(json, "reread", it.reread());
    }

    private static void bulk(JsonGenerator json, Change.Bulk it) {
        json.writeStringProperty("type", "bulk");
        what(json, it.model(), it.operation());
        who(json, it.actor(), it.at());
        images(json, "now", it.now());
        names(json, "fields", it.changedFields());
    }

    private static void event(JsonGenerator json, Change.Event it) {
        json.writeStringProperty("type", "event");
        json.writeStringProperty("action", it.action());
        json.writeStringProperty("model", it.model());
        who(json, it.actor(), it.at());
        ids(json, it.userIds());
        images(json, "now", it.records());
        names(json, "fields", it.changedFields());
    }

    private static void rights(JsonGenerator json, Change.Rights it) {
        json.writeStringProperty("type", "rights");
        json.writeStringProperty("reason", it.reason());
        it.users().ifPresent(users -> ids(json, users));
        it.models().ifPresent(models -> names(json, "models", models));
        it.login().ifPresent(login -> json.writeStringProperty("login", login));
        version(json, it.version());
    }

    private static void gap(JsonGenerator json, Change.Gap it) {
        json.writeStringProperty("type", "gap");
        json.writeStringProperty("reason", it.reason());
        it.model().ifPresent(model -> json.writeStringProperty("model", model));
        version(json, it.version());
    }

    private static void version(JsonGenerator json, Optional<String> version) {
        version.ifPresent(it -> json.writeStringProperty("version", it));
    }

    private static void what(JsonGenerator json, String model, Operation operation) {
        json.writeStringProperty("model", model);
        json.writeStringProperty("operation", operation.name().toLowerCase(Locale.ROOT));
    }

    private static void who(JsonGenerator json, Actor actor, Instant at) {
        json.writeNumberProperty("user", actor.userId());
        json.writeStringProperty("name", actor.name());
        actor.origin().ifPresent(origin -> json.writeStringProperty("origin", origin));
        json.writeStringProperty("at", at.toString());
    }

    private static void images(JsonGenerator json, String name, List<Image> images) {
        json.writeArrayPropertyStart(name);
        images.forEach(it -> image(json, it));
        json.writeEndArray();
    }

    private static void image(JsonGenerator json, Image image) {
        json.writeStartObject();
        switch (image.key()) {
            case RecordRef.Serial(var id) -> json.writeNumberProperty("id", id);
            case RecordRef.Uuid(var id) -> json.writeStringProperty("id", id.toString());
        }
        version(json, image.version());
        json.writeObjectPropertyStart("values");
        image.values().forEach((field, value) -> {
            json.writeName(field);
            json.writeTree(value);
        });
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void ids(JsonGenerator json, Set<Long> users) {
        json.writeArrayPropertyStart("users");
        users.forEach(json::writeNumber);
        json.writeEndArray();
    }

    private static void names(JsonGenerator json, String name, Set<String> names) {
        json.writeArrayPropertyStart(name);
        names.forEach(json::writeString);
        json.writeEndArray();
    }
}
