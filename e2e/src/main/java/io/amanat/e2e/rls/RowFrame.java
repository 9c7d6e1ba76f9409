package io.amanat.e2e.rls;

import tools.jackson.databind.JsonNode;

/**
 * A frame of the bridge, as far as it is looked into.
 *
 * @param key what names the change: the task's title, which is the number of the change; of a deletion the task's id
 */
record RowFrame(String type, String event, String key, long offset) {

    static RowFrame of(JsonNode json) {
        var event = json.path("event").asString("");
        var key = event.equals("DELETE")
                ? json.path("old_record").path("id").asString("")
                : json.path("record").path("title").asString("");
        return new RowFrame(
                json.path("type").asString(""), event, key, json.path("offset").asLong(-1));
    }
}
