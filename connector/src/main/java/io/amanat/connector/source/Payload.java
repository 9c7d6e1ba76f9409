package io.amanat.connector.source;

import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The keys of one message, each read under its rule; whatever breaks a rule is {@link Malformed}. */
final class Payload {

    /** More records than this in one message are refused: the add-on turns them into a bulk long before. */
    private static final int MAX_RECORDS = 100_000;

    private static final Pattern MODEL = Pattern.compile("[a-z_][a-z0-9_.]{0,127}");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final Pattern ORIGIN = Pattern.compile("[0-9a-f]{32}");

    private final JsonNode node;

    Payload(JsonNode node) {
        this.node = node;
    }

    void requireVersion(int version) throws Malformed {
        var v = node.path("v");
        require(
                v.isIntegralNumber() && v.canConvertToLong() && v.asLong() == version,
                "v must be " + version + "; update the bridge or the add-on");
    }

    /** Whether it is of a compatible sender: of the same names, but without version, transaction and old values. */
    boolean isOfAnotherSender() {
        return node.path("v").isMissingNode();
    }

    String text(String key) throws Malformed {
        var value = node.path(key);
        require(value.isString() && !value.asString().isEmpty(), key + " must be a text");
        return value.asString();
    }

    String textOrEmpty(String key) throws Malformed {
        return isFalse(key) ? "" : text(key);
    }

    String model() throws Malformed {
        var model = text("model");
        require(MODEL.matcher(model).matches(), "model must be a model's name");
        return model;
    }

    /** The model as far as it can be told, for a gap. */
    Optional<String> modelIfClear() {
        var model = node.path("model");
        boolean clear = model.isString() && MODEL.matcher(model.asString()).matches();
        return clear ? Optional.of(model.asString()) : Optional.empty();
    }

    /** The transaction as far as it can be told, else 0. */
    long txidIfClear() {
        var txid = node.path("txid");
        return txid.isIntegralNumber() && txid.canConvertToLong() ? Math.max(0, txid.asLong()) : 0;
    }

    long positive(String key) throws Malformed {
        return positive(key, node.path(key));
    }

    Instant instant(String key) throws Malformed {
        try {
            return Instant.parse(text(key));
        } catch (DateTimeParseException e) {
            throw new Malformed(key + " must be a moment in UTC such as 2026-11-21T10:00:00Z");
        }
    }

    /** The same as other senders write it: in Odoo's form, or only as the date of a record. */
    Instant instantInAnyForm(String key, List<Image> records) throws Malformed {
        var written = records.stream()
                .map(image -> image.values().get("write_date"))
                .filter(Objects::nonNull)
                .findFirst();
        var text = isFalse(key) ? written.map(value -> value.asString("")).orElse("") : text(key);
        try {
            var iso = text.strip().replace(' ', 'T');
            return iso.endsWith("Z") || iso.lastIndexOf('+') > 0
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new Malformed(key + " must be a moment such as 2026-11-21 10:00:00, in UTC");
        }
    }

    Optional<String> origin() throws Malformed {
        if (isFalse("origin")) {
            return Optional.empty();
        }
        var origin = text("origin");
        require(ORIGIN.matcher(origin).matches(), "origin must be 32 lower-case hex digits or false");
        return Optional.of(origin);
    }

    Set<String> names(String key) throws Malformed {
        return set(
                key,
                one -> one.isString() && FIELD.matcher(one.asString()).matches()
                        ? Optional.of(one.asString())
                        : Optional.empty());
    }

    Set<String> namesIfAny(String key) throws Malformed {
        return isFalse(key) ? Set.of() : names(key);
    }

    Set<Long> ids(String key) throws Malformed {
        return set(
                key,
                one -> one.isIntegralNumber() && one.canConvertToLong() && one.asLong() > 0
                        ? Optional.of(one.asLong())
                        : Optional.empty());
    }

    /** The records under a key, each id once. */
    List<Image> images(String key) throws Malformed {
        var images = new ArrayList<Image>();
        var seen = new HashSet<Long>();
        for (var record : list(key)) {
            long id = positive(key + ".id", record.path("id"));
            require(seen.add(id), key + " names a record twice");
            images.add(new Image(new RecordRef.Serial(id), values(key, record)));
        }
        return images;
    }

    /** The records under a key, with the row versions that another key lists in their order, if it is there. */
    List<Image> images(String key, String versions) throws Malformed {
        var images = images(key);
        if (isFalse(versions)) {
            return images;
        }
        var listed = list(versions);
        require(listed.size() == images.size(), versions + " must have one entry for each of " + key);
        var versioned = new ArrayList<Image>();
        for (int i = 0; i < images.size(); i++) {
            require(listed.get(i).isString(), versions + " must hold texts");
            var image = images.get(i);
            versioned.add(new Image(
                    image.key(), image.values(), Optional.of(listed.get(i).asString())));
        }
        return versioned;
    }

    List<Image> imagesIfAny(String key) throws Malformed {
        return isFalse(key) ? List.of() : images(key);
    }

    Optional<String> textIfAny(String key) throws Malformed {
        return isFalse(key) ? Optional.empty() : Optional.of(text(key));
    }

    Optional<Set<Long>> idsIfAny(String key) throws Malformed {
        return isFalse(key) ? Optional.empty() : Optional.of(ids(key));
    }

    Optional<Set<String>> modelsIfAny(String key) throws Malformed {
        if (isFalse(key)) {
            return Optional.empty();
        }
        return Optional.of(set(
                key,
                one -> one.isString() && MODEL.matcher(one.asString()).matches()
                        ? Optional.of(one.asString())
                        : Optional.empty()));
    }

    private static Map<String, JsonNode> values(String key, JsonNode record) throws Malformed {
        var values = new HashMap<String, JsonNode>();
        for (var property : record.properties()) {
            require(FIELD.matcher(property.getKey()).matches(), key + " holds a key that is no field's name");
            if (!"id".equals(property.getKey())) {
                values.put(property.getKey(), property.getValue());
            }
        }
        return values;
    }

    private <T> Set<T> set(String key, Function<JsonNode, Optional<T>> read) throws Malformed {
        var set = new LinkedHashSet<T>();
        for (var one : list(key)) {
            set.add(read.apply(one).orElseThrow(() -> new Malformed(key + " holds an entry of the wrong kind")));
        }
        return set;
    }

    private JsonNode list(String key) throws Malformed {
        var list = node.path(key);
        require(list.isArray() && list.size() <= MAX_RECORDS, key + " must be a list");
        return list;
    }

    /** Absent, as Odoo writes it. */
    boolean isFalse(String key) {
        var value = node.path(key);
        return value.isMissingNode() || value.isNull() || (value.isBoolean() && !value.asBoolean());
    }

    private static long positive(String key, JsonNode value) throws Malformed {
        require(
                value.isIntegralNumber() && value.canConvertToLong() && value.asLong() > 0,
                key + " must be a positive integer");
        return value.asLong();
    }

    private static void require(boolean holds, String rule) throws Malformed {
        if (!holds) {
            throw new Malformed(rule);
        }
    }
}
