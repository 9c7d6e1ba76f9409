package io.amanat.bridge.journal;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.ExactJson;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/** Reads what {@link ChangeWriter} wrote. Safe to share. */
final class ChangeReader {

    /** Values came from documents within the usual limits; here they are some levels deeper. */
    static final int MOST_DEPTH = 2_000;

    private static final ExactJson JSON = new ExactJson(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build());

    private ChangeReader() {}

    /** @throws RuntimeException if it is not what the writer writes */
    static List<Change> read(byte[] json) {
        return list(JSON.read(json), ChangeReader::change);
    }

    private static Change change(JsonNode it) {
        return switch (text(it, "type")) {
            case "records" ->
                new Change.Records(
                        text(it, "model"),
                        operation(it),
                        actor(it),
                        at(it),
                        images(it, "now"),
                        images(it, "rules"),
                        images(it, "before"),
                        names(it, "fields"),
                        names(it, "reread"));
            case "bulk" ->
                new Change.Bulk(
                        text(it, "model"), operation(it), actor(it), at(it), images(it, "now"), names(it, "fields"));
            case "event" ->
                new Change.Event(
                        text(it, "action"),
                        text(it, "model"),
                        actor(it),
                        at(it),
                        ids(it),
                        images(it, "now"),
                        names(it, "fields"));
            case "rights" ->
                new Change.Rights(
                        text(it, "reason"),
                        it.has("users") ? Optional.of(ids(it)) : Optional.empty(),
                        it.has("models") ? Optional.of(names(it, "models")) : Optional.empty(),
                        maybe(it, "login"),
                        maybe(it, "version"));
            case "gap" -> new Change.Gap(maybe(it, "model"), text(it, "reason"), maybe(it, "version"));
            default -> throw new IllegalArgumentException("the journal holds a change of an unknown type");
        };
    }

    private static Operation operation(JsonNode it) {
        return Operation.valueOf(text(it, "operation").toUpperCase(Locale.ROOT));
    }

    private static Actor actor(JsonNode it) {
        return new Actor(it.required("user").asLong(), text(it, "name"), maybe(it, "origin"));
    }

    private static Instant at(JsonNode it) {
        return Instant.parse(text(it, "at"));
    }

    private static List<Image> images(JsonNode it, String name) {
        return list(it.required(name), ChangeReader::image);
    }

    private static Image image(JsonNode it) {
        var values = new HashMap<String, JsonNode>();
        it.required("values").properties().forEach(value -> values.put(value.getKey(), value.getValue()));
        return new Image(key(it.required("id")), values, maybe(it, "version"));
    }

    private static RecordRef.Key key(JsonNode id) {
        return id.isString() ? new RecordRef.Uuid(UUID.fromString(id.asString())) : new RecordRef.Serial(id.asLong());
    }

    private static Set<Long> ids(JsonNode it) {
        return it.required("users").valueStream().map(JsonNode::asLong).collect(Collectors.toSet());
    }

    private static Set<String> names(JsonNode it, String name) {
        return it.required(name).valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> each) {
        return array.valueStream().map(each).toList();
    }

    private static String text(JsonNode it, String name) {
        return it.required(name).asString();
    }

    private static Optional<String> maybe(JsonNode it, String name) {
        return it.has(name) ? Optional.of(text(it, name)) : Optional.empty();
    }
}
