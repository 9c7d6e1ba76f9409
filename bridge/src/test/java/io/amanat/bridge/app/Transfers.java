package io.amanat.bridge.app;

import io.amanat.bridge.policy.LiveModel;
import io.amanat.bridge.policy.Policy;
import io.amanat.bridge.policy.PolicySettings;
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

/** Changes of transfers, as the add-on announces them. */
final class Transfers {

    static final Policy POLICY = Policy.of(
            Map.of(
                    "amanat.transfer",
                    new LiveModel(
                            "Transfer",
                            Map.of(
                                    "name",
                                    "char",
                                    "amount",
                                    "float",
                                    "internal_note",
                                    "text",
                                    "sender_id",
                                    "many2one"))),
            PolicySettings.DEFAULT);

    /** Of every row. */
    static final String VERSION = "1";

    private Transfers() {}

    static Change.Records updated(Actor actor, long id, String values, String... changed) {
        return new Change.Records(
                "amanat.transfer",
                Operation.UPDATE,
                actor,
                Instant.now(),
                List.of(image(id, values)),
                List.of(),
                List.of(),
                Set.of(changed),
                Set.of());
    }

    static Change.Records moved(Actor actor, long id, String before, String values) {
        return new Change.Records(
                "amanat.transfer",
                Operation.UPDATE,
                actor,
                Instant.now(),
                List.of(image(id, values)),
                List.of(),
                List.of(image(id, before)),
                image(id, before).values().keySet(),
                Set.of());
    }

    static Change.Records created(Actor actor, long id, String values) {
        return new Change.Records(
                "amanat.transfer",
                Operation.CREATE,
                actor,
                Instant.now(),
                List.of(image(id, values)),
                List.of(),
                List.of(),
                Set.of(),
                Set.of());
    }

    static Change.Records deleted(Actor actor, long id) {
        return new Change.Records(
                "amanat.transfer",
                Operation.DELETE,
                actor,
                Instant.now(),
                List.of(image(id, "{}")),
                List.of(),
                List.of(image(id, "{'name': 'TR-gone'}")),
                Set.of(),
                Set.of());
    }

    static Change.Bulk bulk(Actor actor) {
        return new Change.Bulk(
                "amanat.transfer", Operation.UPDATE, actor, Instant.now(), List.of(image(1, "{}")), Set.of("amount"));
    }

    static Change.Event event(Actor actor, Set<Long> users, long id) {
        return new Change.Event(
                "transfer_ready",
                "amanat.transfer",
                actor,
                Instant.now(),
                users,
                List.of(image(id, "{'name': 'TR-42', 'internal_note': 'hush'}")),
                Set.of("name", "internal_note"));
    }

    static Image image(long id, String values) {
        var fields = new HashMap<String, JsonNode>();
        JsonMapper.shared().readTree(values.replace('\'', '"')).forEachEntry(fields::put);
        return new Image(new RecordRef.Serial(id), fields, Optional.of(VERSION));
    }

    static Actor actor(long user) {
        return new Actor(user, "User " + user, Optional.empty());
    }

    static Actor actor(long user, String origin) {
        return new Actor(user, "User " + user, Optional.of(origin));
    }

    static Actor actor(long user, Browser tab) {
        return actor(user, tab.tab());
    }
}
