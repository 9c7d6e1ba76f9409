package io.amanat.connector.source;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Reads what Odoo's bus sends: a list of {@code {"id", "message": {"type", "payload"}}}, as a frame or as an HTTP answer. */
final class BusFrame {

    private static final ObjectMapper JSON = JsonMapper.shared();

    private BusFrame() {}

    static List<BusMessage> parse(String text) throws Malformed {
        try {
            return read(JSON.readTree(text));
        } catch (JacksonException e) {
            throw new Malformed("a frame of the bus is not JSON");
        }
    }

    static List<BusMessage> read(JsonNode frame) throws Malformed {
        if (!frame.isArray()) {
            throw new Malformed("a frame of the bus is not a list");
        }
        var messages = new ArrayList<BusMessage>(frame.size());
        for (var entry : frame) {
            messages.add(message(entry));
        }
        return messages;
    }

    private static BusMessage message(JsonNode entry) throws Malformed {
        var id = entry.path("id");
        var message = entry.path("message");
        boolean numbered = id.isIntegralNumber() && id.canConvertToLong() && id.asLong() > 0;
        if (!numbered || !message.path("type").isString()) {
            throw new Malformed("a message of the bus has no id or no type");
        }
        return new BusMessage(id.asLong(), message.path("type").asString(), message.path("payload"));
    }
}
