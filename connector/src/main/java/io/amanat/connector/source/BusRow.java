package io.amanat.connector.source;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of the table {@code bus_bus}.
 *
 * @param channel JSON: a text, or a list that begins with the database
 * @param message JSON: {@code {"type", "payload"}} since Odoo 16, before that the payload alone
 */
record BusRow(long id, String channel, String message) {

    /** Who may have written to a channel of ours. */
    enum Guard {
        /** The add-on alone: its group's channel. */
        GUARDED,

        /** Code in the server: the plain channel since Odoo 16. */
        PLAIN,

        /** Anybody: the plain channel before, as far as one can tell from here. */
        OPEN
    }

    /** What is known of the channel, if it is one of ours. */
    static Optional<Guard> guard(String channel) throws Malformed {
        if (!channel.contains(BusMessage.OURS)) {
            return Optional.empty();
        }
        var name = json(channel, "a channel of the bus is not JSON");
        if (name.isArray() && name.size() == 4 && isOurs(name.get(3))) {
            boolean group = "res.groups".equals(name.get(1).asString(""));
            return group ? Optional.of(Guard.GUARDED) : Optional.empty();
        }
        if (isOurs(name)) {
            return Optional.of(Guard.OPEN);
        }
        boolean plain = name.isArray() && name.size() == 2 && isOurs(name.get(1));
        return plain ? Optional.of(Guard.PLAIN) : Optional.empty();
    }

    private static boolean isOurs(JsonNode name) {
        return name.isString() && BusMessage.OURS.equals(name.asString());
    }

    /** Its message; of what anybody may have written only that something may have changed is believed. */
    BusMessage parse(Guard guard) throws Malformed {
        var node = json(message, "a message of the bus is not JSON");
        if (guard == Guard.OPEN) {
            return hint(node);
        }
        var payload = node.path("payload");
        return payload.isObject() && node.path("type").isString()
                ? new BusMessage(id, node.path("type").asString(), payload)
                : new BusMessage(id, BusMessage.OURS, node);
    }

    private BusMessage hint(JsonNode node) throws Malformed {
        var row = JsonMapper.shared().createObjectNode().put("id", id).put("channel", BusMessage.OURS);
        row.set("message", node);
        var rows = JsonMapper.shared().createArrayNode().add(row);
        return BusFrame.read(PlainMessages.ONLY_A_HINT.judged(rows)).getFirst();
    }

    private static JsonNode json(String text, String rule) throws Malformed {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            throw new Malformed(rule);
        }
    }
}
