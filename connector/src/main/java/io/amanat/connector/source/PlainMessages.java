package io.amanat.connector.source;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What to make of rows of the plain channel in Odoo 15 and older. There anybody may write to it ({@code /longpolling/send} is open
 * to the public, {@code bus.bus.sendone} to every user) unless our add-on closes it. Then they are what a compatible sender sent; otherwise
 * nothing in them is believed but that its model may have changed.
 */
enum PlainMessages {
    BELIEVED,
    ONLY_A_HINT;

    private static final String MODEL = "[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*";
    private static final int LONGEST_MODEL = 64;

    /** The rows in the form that the bus has in newer series; those of the private channel are left as they are. */
    JsonNode judged(JsonNode rows) {
        if (!rows.isArray()) {
            return rows;
        }
        ArrayNode judged = JsonMapper.shared().createArrayNode();
        for (var row : rows) {
            judged.add(row instanceof ObjectNode object && row.path("channel").isString() ? plain(object) : row);
        }
        return judged;
    }

    private ObjectNode plain(ObjectNode row) {
        var content = row.path("message");
        var payload = content.has("payload") ? content.path("payload") : content;
        var message = JsonMapper.shared().createObjectNode().put("type", BusMessage.OURS);
        message.set("payload", this == BELIEVED ? payload : hint(payload));
        var plain = JsonMapper.shared().createObjectNode();
        plain.set("id", row.path("id"));
        plain.set("message", message);
        return plain;
    }

    private static ObjectNode hint(JsonNode payload) {
        var hint = JsonMapper.shared()
                .createObjectNode()
                .put("v", 1)
                .put("type", "reset")
                .put("reason", "sent where anybody may send; install the add-on, which closes it");
        model(payload).ifPresentOrElse(model -> hint.put("model", model), () -> hint.put("model", false));
        return hint;
    }

    private static Optional<String> model(JsonNode payload) {
        return payload.path("model")
                .stringValueOpt()
                .filter(name -> name.length() <= LONGEST_MODEL && name.matches(MODEL));
    }
}
