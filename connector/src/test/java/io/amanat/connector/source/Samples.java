package io.amanat.connector.source;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes and messages for the tests of this package, written as short as they are read. */
final class Samples {

    static final String TRANSFER = "amanat.transfer";
    static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");
    static final Actor AZIZ = new Actor(7, "Aziz Karimov", Optional.of("9f1c4e0a8b7d4c21a0f3f3b2c1d0e9f8"));

    private Samples() {}

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    /** {@code image(42, "state", "done", "amount", 9)}. */
    static Image image(long id, Object... fieldsAndValues) {
        Map<String, JsonNode> values = new HashMap<>();
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            values.put((String) fieldsAndValues[i], JsonMapper.shared().valueToTree(fieldsAndValues[i + 1]));
        }
        return new Image(new RecordRef.Serial(id), values);
    }

    static Change.Records created(Image... now) {
        return records(Operation.CREATE, List.of(now), List.of(), Set.of());
    }

    static Change.Records updated(Image before, Image now, String... changed) {
        return records(Operation.UPDATE, List.of(now), List.of(before), Set.of(changed));
    }

    static Change.Records deleted(Image before) {
        return records(Operation.DELETE, List.of(new Image(before.key(), Map.of())), List.of(before), Set.of());
    }

    static Change.Records records(Operation operation, List<Image> now, List<Image> before, Set<String> changed) {
        return new Change.Records(TRANSFER, operation, AZIZ, AT, now, List.of(), before, changed, Set.of());
    }

    static Change.Bulk bulk(Operation operation, Image... now) {
        return new Change.Bulk(TRANSFER, operation, AZIZ, AT, List.of(now), Set.of());
    }

    static Change.Gap gap(String model) {
        return new Change.Gap(Optional.of(model), "test");
    }

    /** A message of the bus whose payload is a creation of one record. */
    static String created(long busId, long txid, long recordId) {
        return """
                {"id": %d, "message": {"type": "realtime_updates", "payload": {"v": 1, "type": "create",
                 "model": "amanat.transfer", "user_id": 7, "user_name": "Aziz", "timestamp": "2026-11-21T10:00:00Z",
                 "txid": %d, "origin": false, "lang": "en_US", "records": [{"id": %d, "name": "TR"}]}}}
                """.formatted(busId, txid, recordId);
    }

    static String frame(String... messages) {
        return "[" + String.join(",", messages) + "]";
    }
}
