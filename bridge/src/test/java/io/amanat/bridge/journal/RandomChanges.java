package io.amanat.bridge.journal;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes of every kind, with every kind of value, drawn by a seed. */
final class RandomChanges {

    private static final List<Operation> OPERATIONS = List.of(Operation.values());
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "2147483648",
            "9223372036854775807",
            "92233720368547758070",
            "0.1",
            "-0.0",
            "1e22",
            "1.7976931348623157e308",
            "4.9e-324",
            "\"\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud800 alone\"",
            "\"\\u0000\\u001f\\\"\\\\/\"",
            "\"Ўзбекистон\"",
            "[3,\"Akbar\"]",
            "[]",
            "{}",
            "[[{\"a\":[1,{}]}]]",
            "\"2026-11-22 03:00:00\"");

    private final Random random;

    RandomChanges(long seed) {
        this.random = new Random(seed);
    }

    List<Change> some(int most) {
        return list(most, this::next);
    }

    Change next() {
        return switch (random.nextInt(5)) {
            case 0 ->
                new Change.Records(text(), operation(), actor(), at(), images(), images(), images(), names(), names());
            case 1 -> new Change.Bulk(text(), operation(), actor(), at(), images(), names());
            case 2 -> new Change.Event(text(), text(), actor(), at(), users(), images(), names());
            case 3 ->
                new Change.Rights(text(), maybe(this::users), maybe(this::names), maybe(this::text), maybe(this::text));
            default -> new Change.Gap(maybe(this::text), text(), maybe(this::text));
        };
    }

    private Operation operation() {
        return OPERATIONS.get(random.nextInt(OPERATIONS.size()));
    }

    private Actor actor() {
        return new Actor(random.nextLong(), text(), maybe(this::text));
    }

    private Instant at() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private List<Image> images() {
        return list(4, this::image);
    }

    private Image image() {
        var values = new HashMap<String, JsonNode>();
        for (int i = random.nextInt(5); i > 0; i--) {
            values.put("field_" + random.nextInt(100), value());
        }
        RecordRef.Key key = random.nextBoolean()
                ? new RecordRef.Serial(1 + random.nextLong(Long.MAX_VALUE))
                : new RecordRef.Uuid(new UUID(random.nextLong(), random.nextLong()));
        return new Image(key, values, maybe(this::text));
    }

    private JsonNode value() {
        return JsonMapper.shared().readTree(VALUES.get(random.nextInt(VALUES.size())));
    }

    private Set<Long> users() {
        return new HashSet<>(list(5, random::nextLong));
    }

    private Set<String> names() {
        return new HashSet<>(list(6, this::text));
    }

    /** Any characters, also halves of surrogate pairs. */
    private String text() {
        int[] chars = IntStream.generate(
                        () -> random.nextInt(10) == 0 ? random.nextInt(0x10000) : 'a' + random.nextInt(26))
                .limit(random.nextInt(12))
                .toArray();
        return new String(chars, 0, chars.length);
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> list(int most, Supplier<T> each) {
        return Stream.generate(each).limit(random.nextInt(most)).toList();
    }
}
