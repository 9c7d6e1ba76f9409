package io.amanat.connector.source;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the add-on's messages (docs/addon-contract.md) strictly: what breaks the contract becomes a gap, never a guess. Messages of
 * compatible senders lack {@code v}, and may lack the transaction, old values and the fields changed, which are then unknown.
 */
final class MessageDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(MessageDecoder.class);
    private static final int VERSION = 1;

    private MessageDecoder() {}

    static Decoded decode(BusMessage message) {
        var payload = new Payload(message.payload());
        try {
            if (!payload.isOfAnotherSender()) {
                payload.requireVersion(VERSION);
            }
            return new Decoded(message.id(), payload.txidIfClear(), change(payload));
        } catch (Malformed e) {
            LOG.warn(
                    "bus message {} breaks the contract: {}; watches of its model re-read",
                    message.id(),
                    e.getMessage());
            var gap = new Change.Gap(payload.modelIfClear(), "malformed message: " + e.getMessage());
            return new Decoded(message.id(), payload.txidIfClear(), gap);
        }
    }

    private static Change change(Payload payload) throws Malformed {
        var type = payload.text("type");
        return switch (type) {
            case "create" -> created(payload);
            case "update" -> updated(payload);
            case "delete" -> deleted(payload);
            case "bulk" -> bulk(payload);
            case "event" -> event(payload);
            case "reset" ->
                new Change.Gap(payload.modelIfClear(), "reset by the add-on: " + payload.textOrEmpty("reason"));
            case "rights" -> rights(payload);
            default -> throw new Malformed("type is not one this bridge knows; update the bridge");
        };
    }

    private static Change created(Payload payload) throws Malformed {
        return records(payload, Operation.CREATE, payload.images("records", "versions"), List.of(), Set.of());
    }

    private static Change updated(Payload payload) throws Malformed {
        var records = payload.images("records", "versions");
        if (payload.isOfAnotherSender() && payload.isFalse("old")) {
            return records(payload, Operation.UPDATE, records, List.of(), changedOrAll(payload, records));
        }
        var old = payload.images("old");
        requireKnown(records, old, "old");
        return records(payload, Operation.UPDATE, records, old, payload.names("changed_fields"));
    }

    private static Set<String> changedOrAll(Payload payload, List<Image> records) throws Malformed {
        if (!payload.isFalse("changed_fields")) {
            return payload.names("changed_fields");
        }
        return records.stream()
                .flatMap(image -> image.values().keySet().stream())
                .collect(Collectors.toSet());
    }

    private static Change deleted(Payload payload) throws Malformed {
        var records = payload.images("records").stream()
                .map(image -> new Image(image.key(), Map.of()))
                .toList();
        var old = payload.imagesIfAny("old");
        requireKnown(records, old, "old");
        return records(payload, Operation.DELETE, records, old, Set.of());
    }

    private static Change records(
            Payload payload, Operation operation, List<Image> now, List<Image> before, Set<String> changed)
            throws Malformed {
        requireTransaction(payload);
        var rules = payload.imagesIfAny("rules");
        requireKnown(now, rules, "rules");
        return new Change.Records(
                payload.model(),
                operation,
                actor(payload),
                moment(payload, now),
                now,
                rules,
                before,
                changed,
                payload.namesIfAny("reread"));
    }

    private static Change bulk(Payload payload) throws Malformed {
        requireTransaction(payload);
        return new Change.Bulk(
                payload.model(),
                operation(payload),
                actor(payload),
                payload.instant("timestamp"),
                payload.images("records"),
                payload.namesIfAny("changed_fields"));
    }

    private static Change event(Payload payload) throws Malformed {
        return new Change.Event(
                payload.text("action"),
                payload.model(),
                actor(payload),
                payload.instant("timestamp"),
                payload.ids("user_ids"),
                payload.isFalse("records") ? List.of() : payload.images("records", "versions"),
                payload.namesIfAny("changed_fields"));
    }

    private static Change rights(Payload payload) throws Malformed {
        return new Change.Rights(
                payload.text("reason"),
                payload.idsIfAny("users"),
                payload.modelsIfAny("models"),
                payload.textIfAny("login"));
    }

    private static void requireTransaction(Payload payload) throws Malformed {
        if (!payload.isOfAnotherSender()) {
            payload.positive("txid");
        }
    }

    private static Instant moment(Payload payload, List<Image> records) throws Malformed {
        return payload.isOfAnotherSender()
                ? payload.instantInAnyForm("timestamp", records)
                : payload.instant("timestamp");
    }

    private static Actor actor(Payload payload) throws Malformed {
        return new Actor(payload.positive("user_id"), payload.textOrEmpty("user_name"), payload.origin());
    }

    private static Operation operation(Payload payload) throws Malformed {
        return switch (payload.text("operation")) {
            case "create" -> Operation.CREATE;
            case "update" -> Operation.UPDATE;
            case "delete" -> Operation.DELETE;
            default -> throw new Malformed("operation must be create, update or delete");
        };
    }

    private static void requireKnown(List<Image> records, List<Image> more, String key) throws Malformed {
        var keys = records.stream().map(Image::key).collect(Collectors.toSet());
        if (!more.stream().allMatch(image -> keys.contains(image.key()))) {
            throw new Malformed(key + " names a record that records does not");
        }
    }
}
