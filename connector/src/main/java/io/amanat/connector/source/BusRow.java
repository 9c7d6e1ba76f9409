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

    private static final String OURS = "realtime_updates";

    /** Who may have written to a channel of ours. */
    enum Guard {
        /** The add-on alone: its group's channel. */
        GUARDED,

        /** Whoever can write to the bus: the plain channel. */
        PLAIN
    }

    /** What is known of the channel, if it is one of ours. */
    Optional<Guard> guard() throws Malformed {
        if (!channel.contains(OURS)) {
            return Optional.empty();
        }
        var name = json(channel, "a channel of the bus is not JSON");
        if (name.isArray() && name.size() == 4 && isOurs(name.get(3))) {
            boolean group = "res.groups".equals(name.get(1).asString(""));
            return group ? Optional.of(Guard.GUARDED) : Optional.empty();
        }
        boolean plain = isOurs(name) || (name.isArray() && name.size() == 2 && isOurs(name.get(1)));
        return plain ? Optional.of(Guard.PLAIN) : Optional.empty();
    }

    private static boolean isOurs(JsonNode name) {
        return name.isString() && OURS.equals(name.asString());
    }

    BusMessage parse() throws Malformed {
        var node = json(message, "a message of the bus is not JSON");
        var payload = node.path("payload");
        return payload.isObject() && node.path("type").isString()
                ? new BusMessage(id, node.path("type").asString(), payload)
                : new BusMessage(id, OURS, node);
    }

    private static JsonNode json(String text, String rule) throws Malformed {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            throw new Malformed(rule);
        }
    }
}
