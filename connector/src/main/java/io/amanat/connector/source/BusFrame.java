package io.amanat.connector.source;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

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

    /** The add-on's method gives the text as it is stored, since XML-RPC cannot carry every number in it. */
    private static JsonNode content(JsonNode message) {
        try {
            return message.isString() ? JSON.readTree(message.asString()) : message;
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** Without an id nothing can be told; a message without a type counts as one of ours that breaks the contract. */
    private static BusMessage message(JsonNode entry) throws Malformed {
        var id = entry.path("id");
        if (!id.isIntegralNumber() || !id.canConvertToLong() || id.asLong() <= 0) {
            throw new Malformed("a message of the bus has no id");
        }
        var message = content(entry.path("message"));
        var type = message.path("type");
        return new BusMessage(
                id.asLong(), type.isString() ? type.asString() : BusMessage.OURS, message.path("payload"));
    }
}
