package io.amanat.bridge.policy;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Brings values from Odoo's form into the browser's. */
final class Values {

    private Values() {}

    /** A many2one {@code [3, "Akbar"]} as {@code {"id": 3, "display_name": "Akbar"}}; everything else as it is. */
    static JsonNode shown(JsonNode value, @Nullable String type) {
        return "many2one".equals(type) && value.isArray() && value.size() == 2 ? pair(value) : value;
    }

    private static JsonNode pair(JsonNode value) {
        var shown = JsonNodeFactory.instance.objectNode();
        shown.set("id", value.get(0));
        shown.set("display_name", value.get(1));
        return shown;
    }
}
